import { smoke } from './command.ts'

process.exitCode = await smoke(
  process.argv.slice(2),
  text => void process.stdout.write(text),
  text => void process.stderr.write(text),
)
