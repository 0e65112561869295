import { App } from 'aws-cdk-lib'
import { bundleFunctions } from './bundle.ts'
import { readSettings, type Settings, SettingsError } from './settings.ts'
import { populate } from './synth.ts'

/** The context comes from the CDK CLI: `cdk.json`, with what was given by `-c` on top. */
const app = new App({ analyticsReporting: false })

function settingsOrExit(): Settings {
  try {
    return readSettings(app.node.tryGetContext('stages'), app.node.tryGetContext('stage'))
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    console.error(error.message)
    process.exit(1)
  }
}

const settings = settingsOrExit()
await bundleFunctions()
populate(app, settings)
app.synth()
