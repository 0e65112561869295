import { readdirSync } from 'node:fs'
import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** Folders of `functions` that several functions share; every other one is a Lambda function of its own. */
const sharedFolders = ['adapters', 'html', 'http', 'ledger', 'month-records', 'outbox']
const functionFolders = readdirSync(new URL('functions', import.meta.url)).filter(name => !sharedFolders.includes(name))

/** Refuses imports whose path matches; `why` is what the developer reads. */
const forbid = (...rules) => ({
  'no-restricted-imports': ['error', { patterns: rules.map(([regex, why]) => ({ regex, message: why })) }],
})
const zodImport = {
  selector: 'ImportDeclaration[source.value=/^zod/] > ImportSpecifier',
  message: "Write import * as z: the { z } form brings all of zod's locales along.",
}
const zodMini = {
  selector: "ImportDeclaration[source.value=/^zod/]:not([source.value='zod/mini'])",
  message: "Write import * as z from 'zod/mini': every function would read another 70 KiB of 'zod' at its cold start.",
}

/** What reaches outside, or differs from call to call; `shared` is given what it needs of that. */
const outside = ['crypto', 'fetch', 'performance', 'process', 'setImmediate', 'setInterval', 'setTimeout'].map(name => ({ name, message: 'shared is pure: it is passed in.' }))

const clock = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Time is passed in.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is passed in.' },
  { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'Chance is passed in.' },
]

export default defineConfig(
  { ignores: ['node_modules', 'dist', 'cdk.out*', '.local', 'coverage', 'test-results'] },
  js.configs.recommended,
  { files: ['**/*.ts'], extends: [tseslint.configs.strictTypeChecked] },
  { files: ['**/*.js'], languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } } },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      'no-restricted-syntax': ['error', zodImport],
    },
  },
  {
    files: ['shared/**/*.ts'],
    rules: {
      ...forbid(['(functions|infra|test)/', 'shared imports nothing of ours outside shared.'], ['^(node:|@aws|aws-)', 'shared is pure: no I/O, no AWS.']),
      'no-restricted-globals': ['error', ...outside],
      'no-restricted-syntax': ['error', zodImport, zodMini, ...clock],
    },
  },
  {
    files: ['functions/**/*.ts'],
    rules: {
      ...forbid(['/(infra|test)/', 'functions know nothing of what deploys or tests them.']),
      'no-restricted-syntax': ['error', zodImport, zodMini, ...clock],
    },
  },
  ...functionFolders.map(name => ({
    files: [`functions/${name}/**/*.ts`],
    rules: forbid(
      ['/(infra|test)/', 'functions know nothing of what deploys or tests them.'],
      [`^\\.\\./(${functionFolders.filter(other => other !== name).join('|')})/`, 'Functions never import each other.'],
    ),
  })),
  // What several functions share knows none of them; and the adapters, at the bottom, nothing of the rest.
  ...sharedFolders.map(name => ({
    files: [`functions/${name}/**/*.ts`],
    rules: forbid(
      ['/(infra|test)/', 'functions know nothing of what deploys or tests them.'],
      [`^\\.\\./(${functionFolders.join('|')})/`, 'What functions share knows none of them.'],
      ...(name === 'adapters' ? [[`^\\.\\./(${sharedFolders.filter(other => other !== name).join('|')})/`, 'Adapters know nothing of those who use them.']] : []),
    ),
  })),
  // Where things are wired, the clock and chance come in.
  { files: ['functions/*/index.ts', 'functions/http/serve.ts', 'functions/outbox/wire.ts'], rules: { 'no-restricted-syntax': ['error', zodImport, zodMini] } },
  {
    files: ['infra/**/*.ts'],
    rules: forbid(['functions/(?!\\S*env\\.ts$)', "Of functions, infra reads each env.ts and nothing else."]),
  },
  {
    files: ['infra/*.ts', 'infra/constructs/**/*.ts'],
    rules: forbid(
      ['functions/(?!\\S*env\\.ts$)', "Of functions, infra reads each env.ts and nothing else."],
      ['/local/', 'What deploys knows nothing of the stack on one machine.'],
    ),
  },
)
