import { describe, expect, test } from 'vitest'
import { checkSettings, readSettings, SettingsError, type SettingsInput } from '../../infra/settings.ts'
import { projectContext } from '../../infra/synth.ts'

const usable: SettingsInput = {
  stage: 'test',
  region: 'cn-north-1',
  timeZone: 'Asia/Shanghai',
  locale: 'zh-CN',
  sender: 'assist@example.org',
  adminEmail: 'admin@example.org',
  oidc: { issuer: 'https://login.example.org/', audience: 'qinshang' },
  mail: { kind: 'smtp', urlSecret: 'qinshang/smtp-url' },
}

const faultsOf = (check: () => unknown) => {
  try {
    check()
  } catch (error) {
    if (error instanceof SettingsError) return error.faults
    throw error
  }
  return []
}

describe('settings', () => {
  test('take defaults for what is not said', () => {
    expect(checkSettings(usable)).toEqual({
      ...usable,
      oidc: { ...usable.oidc, identityClaim: 'email' },
      xray: false,
      logRetentionDays: 180,
      alarmEmails: [],
      throttle: { rate: 50, burst: 100 },
    })
  })

  test.each<[what: string, change: Record<string, unknown>, path: string, advice: RegExp]>([
    ['stage with capitals', { stage: 'Dev' }, 'stage', /small letters/],
    ['stage too long', { stage: 'a'.repeat(21) }, 'stage', /20/],
    ['account as a number', { account: 123456789012 }, 'account', /twelve digits.*quotes/],
    ['account too short', { account: '1234' }, 'account', /twelve digits/],
    ['no region', { region: undefined }, 'region', /is missing; write the AWS region/],
    ['no such form of region', { region: 'Beijing' }, 'region', /is "Beijing"; write the AWS region/],
    ['no such time zone', { timeZone: 'Asia/Peking' }, 'timeZone', /IANA time zone, such as Asia\/Shanghai/],
    ['an offset for a time zone', { timeZone: '+08:00' }, 'timeZone', /IANA/],
    ['no such locale', { locale: 'zh' }, 'locale', /zh-CN or en/],
    ['a sender without a domain', { sender: 'assist' }, 'sender', /is "assist"; write the address mail is sent from/],
    ['no administrator', { adminEmail: undefined }, 'adminEmail', /is missing; write the first administrator/],
    ['no issuer', { oidc: { audience: 'a' } }, 'oidc.issuer', /is missing; .*https/],
    [
      'an issuer in clear text',
      { oidc: { issuer: 'http://login.example.org', audience: 'a' } },
      'oidc.issuer',
      /https/,
    ],
    ['an issuer with a query', { oidc: { issuer: 'https://a.example.org?b', audience: 'a' } }, 'oidc.issuer', /https/],
    ['no audience', { oidc: { issuer: 'https://a.example.org', audience: '' } }, 'oidc.audience', /`aud`/],
    ['no oidc', { oidc: undefined }, 'oidc', /is missing; write \{ "issuer"/],
    ['no transport', { mail: undefined }, 'mail', /"kind": "ses".*"kind": "smtp"/],
    ['an unknown transport', { mail: { kind: 'pigeon' } }, 'mail.kind', /"kind": "ses".*"kind": "smtp"/],
    ['SMTP without a secret', { mail: { kind: 'smtp' } }, 'mail.urlSecret', /is missing; write the name/],
    ['SES in China', { mail: { kind: 'ses' } }, 'mail.kind', /no SES in its China regions.*smtp/],
    ['xray in words', { xray: 'off' }, 'xray', /true or false/],
    ['a retention CloudWatch lacks', { logRetentionDays: 100 }, 'logRetentionDays', /90, 120/],
    ['one alarm address, no list', { alarmEmails: 'a@example.org' }, 'alarmEmails', /a list/],
    ['a bad alarm address', { alarmEmails: ['a@example.org', 'b'] }, 'alarmEmails.1', /is "b"; write/],
    ['no throttle at all', { throttle: { rate: 0, burst: 1 } }, 'throttle.rate', /1 to 10000/],
    ['a setting nobody knows', { timezone: 'Asia/Shanghai' }, 'timezone', /is not a setting/],
  ])('refuse %s', (_, change, path, advice) => {
    const faults = faultsOf(() => checkSettings({ ...usable, ...change }))
    expect(faults.map((fault) => fault.path)).toEqual([`settings.${path}`])
    expect(faults[0]?.message).toMatch(advice)
  })

  test.each(['http://127.0.0.1:8787/_local/oidc', 'http://localhost:1', 'http://[::1]:1', 'https://a.example.org/b'])(
    'take the issuer %s',
    (issuer) => {
      expect(faultsOf(() => checkSettings({ ...usable, oidc: { issuer, audience: 'a' } }))).toEqual([])
    },
  )

  test('never show an SMTP address that was written in the place of its secret', () => {
    const mail = { kind: 'smtp', urlSecret: 'smtps://user:hunter2@mail.example.org' }
    const [fault] = faultsOf(() => checkSettings({ ...usable, mail }))
    expect(fault?.message).toMatch(/is not a secret's name; write the name/)
    expect(JSON.stringify(fault)).not.toContain('hunter2')
  })

  test('tell every fault at once, a line each, across fields too', () => {
    const check = () => checkSettings({ ...usable, locale: 'fr', sender: 1, mail: { kind: 'ses' } }, 'stages.x')
    expect(faultsOf(check).map(({ path }) => path)).toEqual([
      'stages.x.locale',
      'stages.x.sender',
      'stages.x.mail.kind',
    ])
    expect(check).toThrow(/^The settings cannot be used:\n( {2}stages\.x\.[^\n]+(\n|$)){3}$/)
  })

  test.each([null, 5, 'x', []])('refuse %j in the place of a stage', (described) => {
    const faults = faultsOf(() => readSettings({ x: described }, 'x'))
    expect(faults).toEqual([{ path: 'stages.x', message: expect.stringContaining('as an object') as string }])
  })
})

describe('the choice of a stage', () => {
  const { stages } = projectContext()

  test('is among those of cdk.json, whose examples are usable', () => {
    for (const stage of Object.keys(stages as object)) expect(readSettings(stages, stage).stage).toBe(stage)
  })

  test.each([
    [stages, 'prod', 'context.stage', /"prod" is not described in cdk\.json; choose .* dev, china/],
    [stages, undefined, 'context.stage', /no stage is chosen; .* -c stage=NAME/],
    [stages, 'toString', 'context.stage', /is not described/],
    [undefined, 'dev', 'context.stages', /is missing/],
  ])('is explained when it is none (%#)', (described, stage, path, message) => {
    expect(faultsOf(() => readSettings(described, stage))).toEqual([
      { path, message: expect.stringMatching(message) as string },
    ])
  })
})
