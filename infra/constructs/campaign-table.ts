import { RemovalPolicy } from 'aws-cdk-lib'
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb'
import * as iam from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { expiryAttribute, tableIndexes, tableKeys } from '../../shared/contract/table.ts'

/** How far a function reaches into the table. Whoever writes also reads everything. */
export type TableAccess = 'none' | 'read' | Writing

interface Writing {
  /** The partition keys that it puts items under. */
  readonly writes: 'anything' | readonly string[]
  /** Those that it deletes items under. Most functions delete nothing, and none deletes anything it likes. */
  readonly deletes?: readonly string[]
}

const string = (name: string): dynamodb.Attribute => ({ name, type: dynamodb.AttributeType.STRING })

const readItems = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query']
const readIndexes = ['dynamodb:Query']

/** The one table, which outlives the stack: nobody deletes a district's ledger by deleting a deployment. */
export class CampaignTable extends dynamodb.Table {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: string(tableKeys.partition),
      sortKey: string(tableKeys.sort),
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      // The stream only says that there is mail; the mailer reads what is to be sent.
      stream: dynamodb.StreamViewType.KEYS_ONLY,
      timeToLiveAttribute: expiryAttribute,
    })
    for (const [indexName, { partition, sort, projection }] of Object.entries(tableIndexes)) {
      this.addGlobalSecondaryIndex({
        indexName,
        partitionKey: string(partition),
        sortKey: string(sort),
        projectionType: dynamodb.ProjectionType[projection],
      })
    }
  }

  /**
   * Lets a role read, or read and write. CDK's own grants also allow `Scan` and every index by a wildcard;
   * these allow what the functions do, on the indexes there are.
   */
  allow(role: iam.IRole, access: TableAccess): void {
    if (access === 'none') return
    const indexes = Object.keys(tableIndexes).map((name) => `${this.tableArn}/index/${name}`)
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: readItems, resources: [this.tableArn] }))
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: readIndexes, resources: indexes }))
    if (access === 'read') return
    this.allowUnder(role, 'dynamodb:PutItem', access.writes)
    if (access.deletes !== undefined) this.allowUnder(role, 'dynamodb:DeleteItem', access.deletes)
  }

  /** A transaction needs for each of its items what putting or deleting it alone would. */
  private allowUnder(role: iam.IRole, action: string, keys: 'anything' | readonly string[]): void {
    const conditions = keys === 'anything' ? {} : { conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...keys] } } }
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: [action], resources: [this.tableArn], ...conditions }))
  }
}
