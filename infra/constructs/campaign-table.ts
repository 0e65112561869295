import { RemovalPolicy } from 'aws-cdk-lib'
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb'
import * as iam from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { expiryAttribute, tableIndexes, tableKeys } from '../../shared/contract/table.ts'

/** How far a function reaches into the table; `writes`: it reads everything, and writes under these partition keys alone. */
export type TableAccess = 'none' | 'read' | 'write' | { readonly writes: readonly string[] }

const string = (name: string): dynamodb.Attribute => ({ name, type: dynamodb.AttributeType.STRING })

const readItems = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query']
const readIndexes = ['dynamodb:Query']
const writeItems = ['dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem']

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
    const resources = [this.tableArn]
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: access === 'write' ? [...readItems, ...writeItems] : readItems, resources }))
    if (typeof access === 'object') {
      const conditions = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...access.writes] } }
      role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: writeItems, resources, conditions }))
    }
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: readIndexes, resources: indexes }))
  }
}
