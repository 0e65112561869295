import { CfnOutput, Duration, RemovalPolicy, SecretValue, Stack, Tags } from 'aws-cdk-lib'
import * as events from 'aws-cdk-lib/aws-events'
import * as iam from 'aws-cdk-lib/aws-iam'
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler'
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager'
import * as ses from 'aws-cdk-lib/aws-ses'
import type { Construct } from 'constructs'
import { schedules, type ApiFunctionName, type FunctionName, type ScheduleFunctionName } from '../shared/contract/functions.ts'
import { assessingWrites, assessmentWrites, bulletinWrites, decidingDeletes, pageWrites, projectWrites, reckoningDeletes, reconcilingWrites, remindingWrites, reportingWrites, rosterDeletes, sendingWrites } from '../shared/contract/table.ts'
import { acknowledge } from './constructs/acknowledge.ts'
import { Alarms } from './constructs/alarms.ts'
import { ApiFunction } from './constructs/api-function.ts'
import type { CampaignFunction, Surroundings } from './constructs/campaign-function.ts'
import { CampaignTable, type TableAccess } from './constructs/campaign-table.ts'
import { Dashboard } from './constructs/dashboard.ts'
import { EventFunction } from './constructs/event-function.ts'
import { HttpApi } from './constructs/http-api.ts'
import { longestGap } from './constructs/longest-gap.ts'
import { counter, gauge, serviceName } from './constructs/metrics.ts'
import { ScheduleFunction } from './constructs/schedule-function.ts'
import { StreamFunction } from './constructs/stream-function.ts'
import { environmentOf, type Variables } from './environment.ts'
import type { Settings } from './settings.ts'

interface Props {
  readonly settings: Settings
  readonly bundleDir: string
}

const apiFunctions: Record<ApiFunctionName, { access: TableAccess; failure: string }> = {
  roster: {
    access: { writes: 'anything', deletes: rosterDeletes },
    failure: 'Departments, officers, enterprises and pairings can be neither looked up nor changed.',
  },
  visits: { access: { writes: 'anything', deletes: decidingDeletes }, failure: 'Officers cannot record visits, and nobody can see who has kept the quota.' },
  issues: { access: { writes: 'anything', deletes: reckoningDeletes }, failure: "Enterprises' problems can be neither submitted nor worked on." },
  sessions: { access: { writes: 'anything', deletes: reckoningDeletes }, failure: 'Directors can neither call enterprises to a session nor decide there on their problems.' },
  cases: { access: { writes: 'anything', deletes: reckoningDeletes }, failure: 'Approvals in the green channel can be neither opened nor worked on, and their limits pass unseen.' },
  notices: { access: { writes: 'anything', deletes: decidingDeletes }, failure: 'Notices of criticism and commendations can be neither read, appealed against nor published.' },
  assessments: { access: { writes: assessmentWrites, deletes: decidingDeletes }, failure: 'Assessments can be neither drawn up, read, appealed against nor made final.' },
  projects: { access: { writes: projectWrites, deletes: decidingDeletes }, failure: 'What is invested in projects can be neither planned, reported nor read.' },
  policy: { access: { writes: 'anything', deletes: reckoningDeletes }, failure: 'The policy and the working calendar can be neither read nor changed.' },
  reports: { access: 'read', failure: 'The bulletin of the month cannot be drawn up, and nobody can see what waits for the office and the departments, or what notices have been published.' },
  exports: { access: 'read', failure: 'Nobody can take the ledger, the visits or the quota of a month away as a workbook; they can still be read in the API.' },
  pages: { access: { writes: pageWrites, deletes: reckoningDeletes }, failure: 'Enterprises can neither see how their problems stand nor say whether they are satisfied.' },
  publications: { access: 'read', failure: 'Leaders cannot open the bulletin they were mailed, and nobody can read the notices that were published.' },
  docs: { access: 'none', failure: 'Those who connect to the API cannot read how it is used.' },
}

/** The whole campaign of one district: table, API, schedules, mail, and the eyes on them. */
export class QinshangStack extends Stack {
  constructor(scope: Construct, { settings, bundleDir }: Props) {
    super(scope, serviceName(settings), {
      description: `Qinshang, the enterprise-assistance campaign (${settings.stage})`,
      env: { region: settings.region, ...(settings.account === undefined ? {} : { account: settings.account }) },
    })
    Tags.of(this).add('application', 'qinshang')
    Tags.of(this).add('stage', settings.stage)

    const table = new CampaignTable(this, 'Table')
    const alarms = new Alarms(this, 'Alarms', { emails: settings.alarmEmails })
    const configurationSet = settings.mail.kind === 'ses' ? this.configurationSet() : undefined
    const api = new HttpApi(this, 'HttpApi', { settings, alarms })
    const variables = this.variables(settings, table, api, configurationSet)
    const surroundings: Surroundings = {
      settings,
      table,
      alarms,
      bundleDir,
      environment: (name) => environmentOf(name, { ...variables, LONGEST_GAP_MINUTES: longestGapMinutes(name) }),
    }

    const answering = mapValues(
      apiFunctions,
      (name, props) => new ApiFunction(this, { ...surroundings, ...props, name }),
    )
    const mailer = new StreamFunction(this, {
      ...surroundings,
      name: 'mailer',
      access: { writes: sendingWrites },
      failure: 'Mail to staff is late: it goes out when the reconciler next runs, within minutes.',
    })
    const feedback = configurationSet === undefined ? [] : [this.feedback(surroundings, configurationSet)]
    const group = new ScheduleGroup(this, 'Schedules', {
      scheduleGroupName: serviceName(settings),
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const scheduled = mapValues<ScheduleFunctionName, TableAccess, ScheduleFunction>(
      {
        'quota-reminder': { writes: remindingWrites, deletes: decidingDeletes },
        'monthly-bulletin': { writes: bulletinWrites },
        'assessment-work': { writes: assessingWrites },
        'escalation-sweep': { writes: 'anything', deletes: reckoningDeletes },
        'outbox-reconciler': { writes: reconcilingWrites },
      },
      (name, access) => new ScheduleFunction(this, { ...surroundings, name, access, group }),
    )

    for (const sender of [mailer, scheduled['outbox-reconciler']]) allowSending(this, sender, settings, configurationSet)
    api.addRoutes(settings, answering)
    watchWork(this, settings, alarms)
    new Dashboard(this, 'Dashboard', {
      settings,
      alarms,
      api,
      functions: [...Object.values(answering), ...Object.values(scheduled), mailer, ...feedback],
      deadLetters: [...Object.values(scheduled), mailer, ...feedback].map(({ deadLetters }) => deadLetters),
    })

    new CfnOutput(this, 'ApiUrl', { value: api.api.apiEndpoint, description: 'Where the API answers' })
    new CfnOutput(this, 'TableName', { value: table.tableName, description: 'The table that holds everything' })
  }

  private variables(settings: Settings, table: CampaignTable, { api }: HttpApi, configurationSet: ses.ConfigurationSet | undefined): Omit<Variables, 'LONGEST_GAP_MINUTES'> {
    return {
      TABLE_NAME: table.tableName,
      TIME_ZONE: settings.timeZone,
      LOCALE: settings.locale,
      IDENTITY_CLAIM: settings.oidc.identityClaim,
      ADMIN_EMAIL: settings.adminEmail,
      CURSOR_SECRET: this.cursorSecret(),
      SENDER: settings.sender,
      PUBLIC_URL: settings.publicUrl ?? api.apiEndpoint,
      MAIL_TRANSPORT: settings.mail.kind,
      ...(configurationSet === undefined ? {} : { CONFIGURATION_SET: configurationSet.configurationSetName }),
      // The secrets are put in by CloudFormation when it deploys; the template holds only where they are.
      ...(settings.mail.kind === 'smtp'
        ? { SMTP_URL: SecretValue.secretsManager(settings.mail.urlSecret).unsafeUnwrap() }
        : {}),
    }
  }

  /** Through it SES reports to EventBridge's default bus, the only one it knows, what could not be delivered. */
  private configurationSet(): ses.ConfigurationSet {
    const configurationSet = new ses.ConfigurationSet(this, 'Mail', { tlsPolicy: ses.ConfigurationSetTlsPolicy.REQUIRE })
    configurationSet.addEventDestination('Unreached', {
      destination: ses.EventDestination.eventBus(events.EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [ses.EmailSendingEvent.BOUNCE, ses.EmailSendingEvent.COMPLAINT],
    })
    return configurationSet
  }

  /** Only where SES sends: a relay reports nothing, and all it could hear on the bus is what other stages have sent. */
  private feedback(surroundings: Surroundings, { configurationSetName }: ses.ConfigurationSet): EventFunction {
    return new EventFunction(this, {
      ...surroundings,
      name: 'mail-feedback',
      access: { writes: reportingWrites },
      configurationSet: configurationSetName,
      failure: 'Nobody is told that a mail came back: somebody may not know what is asked of them.',
    })
  }

  private cursorSecret(): string {
    const secret = new secretsmanager.Secret(this, 'CursorSecret', {
      description: 'Signs the cursors of lists, so that nobody reads on in a list that is not theirs',
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
    })
    acknowledge(secret, {
      'AwsSolutions-SMG4':
        'It guards nothing that lasts: a cursor lives for minutes. A new one takes effect with the next deployment.',
    })
    return secret.secretValue.unsafeUnwrap()
  }
}

/** A schedule is told how long it can be between two of its runs, so that it can say when the next has to have come; nobody else asks. */
const longestGapMinutes = (name: FunctionName): string => {
  const schedule = Object.entries(schedules).find(([each]) => each === name)?.[1]
  return schedule === undefined ? '' : String(longestGap(schedule.expression).toMinutes())
}

/** Lets a function send as the configured sender and as nobody else. Over SMTP it needs no permission of AWS. */
function allowSending(
  stack: Stack,
  { role }: CampaignFunction,
  { mail, sender }: Settings,
  configurationSet: ses.ConfigurationSet | undefined,
): void {
  if (mail.kind !== 'ses' || configurationSet === undefined) return
  const resourceName = mail.identity ?? sender.slice(sender.lastIndexOf('@') + 1)
  role.addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: ['ses:SendRawEmail'],
      resources: [
        stack.formatArn({ service: 'ses', resource: 'identity', resourceName }),
        stack.formatArn({ service: 'ses', resource: 'configuration-set', resourceName: configurationSet.configurationSetName }),
      ],
      conditions: { StringEquals: { 'ses:FromAddress': sender } },
    }),
  )
}

/** Alarms on the work itself rather than on the machinery: a step or a mail that waits too long, for whatever cause. */
function watchWork(stack: Stack, settings: Settings, alarms: Alarms): void {
  alarms.add(stack, 'OldestDue', {
    meaning: 'An issue has been due for its next step for over an hour of sweeps: late issues are not being escalated.',
    metric: gauge('OldestDueSeconds', settings, Duration.minutes(15)),
    threshold: Duration.hours(1).toSeconds(),
    periods: 2,
  })
  alarms.add(stack, 'OldestUnsent', {
    meaning: 'A mail has been waiting for half an hour to be sent: somebody does not know what is asked of them.',
    metric: gauge('OldestUnsentSeconds', settings, Duration.minutes(15)),
    threshold: Duration.minutes(30).toSeconds(),
    periods: 2,
  })
  alarms.add(stack, 'UndeliverableMails', {
    meaning:
      'Mails have reached nobody and are not tried again: people do not know what is asked of them, and where the mail service refuses everything we send, no report of that reaches anybody either.',
    metric: counter('UndeliverableMails', settings, Duration.hours(1)),
    // One or two are somebody's wrong address, which the next level up is told of. Reports that are refused in their turn are a few more.
    threshold: 3,
  })
}

const mapValues = <K extends string, V, W>(
  record: Readonly<Record<K, V>>,
  map: (key: K, value: V) => W,
): Record<K, W> =>
  Object.fromEntries(Object.entries<V>(record).map(([key, value]) => [key, map(key as K, value)])) as Record<K, W>
