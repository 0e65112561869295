import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import * as z from 'zod'
import { PlainError } from '../plain-error.ts'

const resourceShape = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.record(z.string(), z.unknown()).default({}),
  Condition: z.string().optional(),
})

const templateShape = z.object({
  Resources: z.record(z.string(), resourceShape),
  Parameters: z.record(z.string(), z.object({ Default: z.unknown().optional() })).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
})

export interface Resource {
  readonly id: string
  readonly type: string
  /** Properties with every intrinsic function worked out. */
  readonly properties: Record<string, unknown>
  readonly metadata: Record<string, unknown>
}

/** Where the stack pretends to be deployed. Nothing but names depends on it. */
export interface Place {
  readonly region: string
  readonly accountId: string
  readonly partition: string
  readonly stackName: string
}

export const defaultPlace: Place = {
  region: 'us-east-1',
  accountId: '000000000000',
  partition: 'aws',
  stackName: 'qinshang-local',
}

/** A secret that the template asks CloudFormation to generate: its name, and what it says about the value. */
export interface SecretRequest {
  readonly id: string
  readonly properties: Record<string, unknown>
}

interface Resolution {
  readonly place: Place
  /** The text of a generated secret. */
  readonly secret: (request: SecretRequest) => string
}

const absent = Symbol('AWS::NoValue')
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A synthesized CloudFormation template, read the way CloudFormation reads it. Properties are worked out when they are
 * asked for, so that what is never needed (the bootstrap version parameter, say) need not be understood. What is needed
 * and not understood is an error.
 */
export class Template {
  readonly #document: z.infer<typeof templateShape>
  readonly #resolution: Resolution
  /** Folder that relative asset paths start from. */
  readonly folder: string

  constructor(document: unknown, folder: string, resolution: Resolution) {
    const parsed = templateShape.safeParse(document)
    if (!parsed.success) throw new PlainError(`This is not a CloudFormation template: ${z.prettifyError(parsed.error)}`)
    this.#document = parsed.data
    this.#resolution = resolution
    this.folder = folder
  }

  static read(path: string, resolution: Resolution): Template {
    return new Template(JSON.parse(readFileSync(path, 'utf8')), dirname(resolve(path)), resolution)
  }

  /** Every resource whose condition holds, as id and type. */
  get declared(): { id: string; type: string }[] {
    return Object.entries(this.#document.Resources)
      .filter(([, resource]) => resource.Condition === undefined || this.#condition(resource.Condition))
      .map(([id, resource]) => ({ id, type: resource.Type }))
  }

  ofType(type: string): Resource[] {
    return this.declared.filter((resource) => resource.type === type).map((resource) => this.resource(resource.id))
  }

  resource(id: string): Resource {
    const found = this.#find(id)
    const properties = this.#resolve(found.Properties, id)
    return { id, type: found.Type, metadata: found.Metadata, properties: isObject(properties) ? properties : {} }
  }

  /** What `Ref` gives for a resource: the name, URL or id that AWS would. */
  ref(id: string): string {
    const { Type: type } = this.#find(id)
    switch (type) {
      case 'AWS::DynamoDB::Table':
        return this.#name(id, 'TableName')
      case 'AWS::Lambda::Function':
        return this.#name(id, 'FunctionName')
      case 'AWS::SQS::Queue':
        return `https://sqs.${this.#place.region}.amazonaws.com/${this.#place.accountId}/${this.#name(id, 'QueueName')}`
      case 'AWS::SNS::Topic':
      case 'AWS::SecretsManager::Secret':
        return this.arn(id)
      default:
        return id
    }
  }

  arn(id: string): string {
    const { Type: type } = this.#find(id)
    const { partition, region, accountId } = this.#place
    const local = (service: string, rest: string) => `arn:${partition}:${service}:${region}:${accountId}:${rest}`
    switch (type) {
      case 'AWS::DynamoDB::Table':
        return local('dynamodb', `table/${this.#name(id, 'TableName')}`)
      case 'AWS::Lambda::Function':
        return local('lambda', `function:${this.#name(id, 'FunctionName')}`)
      case 'AWS::SQS::Queue':
        return local('sqs', this.#name(id, 'QueueName'))
      case 'AWS::SNS::Topic':
        return local('sns', this.#name(id, 'TopicName'))
      case 'AWS::Logs::LogGroup':
        return local('logs', `log-group:${this.#name(id, 'LogGroupName')}:*`)
      case 'AWS::SecretsManager::Secret':
        return local('secretsmanager', `secret:${this.#name(id, 'Name')}`)
      case 'AWS::IAM::Role':
        return `arn:${partition}:iam::${accountId}:role/${id}`
      case 'AWS::Scheduler::ScheduleGroup':
        return local('scheduler', `schedule-group/${this.#name(id, 'Name')}`)
      case 'AWS::Scheduler::Schedule':
        return local('scheduler', `schedule/default/${this.#name(id, 'Name')}`)
      default:
        throw new PlainError(`The local stack does not know the ARN of ${id}, a ${type}.`)
    }
  }

  /** The resource of this type that an ARN, name or `Ref` in another resource's properties means. */
  named(type: string, reference: unknown): Resource {
    const found = this.declared.find(
      ({ id, type: own }) =>
        own === type && (reference === id || reference === this.ref(id) || (hasArn(type) && reference === this.arn(id))),
    )
    if (!found) throw new PlainError(`The template has no ${type} for ${JSON.stringify(reference)}.`)
    return this.resource(found.id)
  }

  get #place(): Place {
    return this.#resolution.place
  }

  #find(id: string) {
    const found = this.#document.Resources[id]
    if (!found) throw new PlainError(`The template refers to ${id}, which it does not declare.`)
    return found
  }

  #name(id: string, property: string): string {
    const given = this.#resolve(this.#find(id).Properties[property], id)
    return typeof given === 'string' ? given : `${this.#place.stackName}-${id}`
  }

  #condition(name: string): boolean {
    return this.#truth(this.#document.Conditions[name], `Conditions.${name}`)
  }

  #truth(condition: unknown, where: string): boolean {
    if (!isObject(condition)) throw new PlainError(`The local stack does not understand the condition at ${where}.`)
    const [[name, argument]] = Object.entries(condition) as [[string, unknown]]
    const operands = Array.isArray(argument) ? (argument as unknown[]) : []
    switch (name) {
      case 'Condition':
        return this.#condition(String(argument))
      case 'Fn::Equals':
        return JSON.stringify(this.#resolve(operands[0], where)) === JSON.stringify(this.#resolve(operands[1], where))
      case 'Fn::Not':
        return !this.#truth(operands[0], where)
      case 'Fn::And':
        return operands.every((operand) => this.#truth(operand, where))
      case 'Fn::Or':
        return operands.some((operand) => this.#truth(operand, where))
      default:
        throw new PlainError(`The local stack does not understand ${name} at ${where}.`)
    }
  }

  #resolve(value: unknown, where: string): unknown {
    const worked = this.#work(value, where)
    return worked === absent ? undefined : worked
  }

  #work(value: unknown, where: string): unknown {
    if (typeof value === 'string') return this.#dynamic(value, where)
    if (Array.isArray(value)) return value.map((one) => this.#work(one, where)).filter((one) => one !== absent)
    if (!isObject(value)) return value
    const keys = Object.keys(value)
    const [only] = keys
    if (keys.length === 1 && only !== undefined && (only === 'Ref' || only.startsWith('Fn::')))
      return this.#intrinsic(only, value[only], where)
    return Object.fromEntries(
      keys.map((key) => [key, this.#work(value[key], `${where}.${key}`)] as const).filter(([, one]) => one !== absent),
    )
  }

  #intrinsic(name: string, argument: unknown, where: string): unknown {
    const operands = Array.isArray(argument) ? (argument as unknown[]) : []
    const text = (one: unknown): string => {
      const worked = this.#work(one, where)
      if (typeof worked === 'string' || typeof worked === 'number' || typeof worked === 'boolean') return String(worked)
      throw new PlainError(`The local stack cannot make a text of ${JSON.stringify(one)} at ${where}.`)
    }
    const list = (one: unknown): unknown[] => {
      const worked = this.#work(one, where)
      if (Array.isArray(worked)) return worked as unknown[]
      throw new PlainError(`The local stack expected a list for ${name} at ${where}.`)
    }
    switch (name) {
      case 'Ref':
        return this.#reference(String(argument), where)
      case 'Fn::GetAtt': {
        const [id, attribute] = Array.isArray(argument) ? operands.map(String) : String(argument).split(/\.(.*)/s)
        return this.#attribute(id ?? '', attribute ?? '', where)
      }
      case 'Fn::Join':
        return this.#dynamic(list(operands[1]).map(text).join(String(operands[0])), where)
      case 'Fn::Sub':
        return this.#dynamic(this.#substitute(argument, where), where)
      case 'Fn::Select':
        return list(operands[1])[Number(text(operands[0]))]
      case 'Fn::Split':
        return text(operands[1]).split(String(operands[0]))
      case 'Fn::If':
        return this.#work(this.#condition(String(operands[0])) ? operands[1] : operands[2], where)
      case 'Fn::FindInMap': {
        const [map, top, second] = operands.map(text) as [string, string, string]
        const found = this.#document.Mappings[map]?.[top]?.[second]
        if (found === undefined) throw new PlainError(`The mapping ${map}.${top}.${second} at ${where} does not exist.`)
        return found
      }
      default:
        throw new PlainError(`The local stack does not understand ${name} at ${where}.`)
    }
  }

  #reference(name: string, where: string): unknown {
    switch (name) {
      case 'AWS::NoValue':
        return absent
      case 'AWS::Region':
        return this.#place.region
      case 'AWS::AccountId':
        return this.#place.accountId
      case 'AWS::Partition':
        return this.#place.partition
      case 'AWS::URLSuffix':
        return this.#place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
      case 'AWS::StackName':
        return this.#place.stackName
      case 'AWS::StackId':
        return `arn:${this.#place.partition}:cloudformation:${this.#place.region}:${this.#place.accountId}:stack/${this.#place.stackName}/local`
    }
    if (name in this.#document.Resources) return this.ref(name)
    const parameter = this.#document.Parameters[name]
    if (parameter?.Default !== undefined) return parameter.Default
    throw new PlainError(`The local stack has no value for Ref ${name} at ${where}.`)
  }

  #attribute(id: string, attribute: string, where: string): string {
    const { Type: type } = this.#find(id)
    if (attribute === 'Arn' || (attribute === 'TopicArn' && type === 'AWS::SNS::Topic')) return this.arn(id)
    if (attribute === 'StreamArn' && type === 'AWS::DynamoDB::Table') return `${this.arn(id)}/stream/local`
    if (attribute === 'QueueName' && type === 'AWS::SQS::Queue') return this.#name(id, 'QueueName')
    if (attribute === 'TopicName' && type === 'AWS::SNS::Topic') return this.#name(id, 'TopicName')
    if (attribute === 'ApiEndpoint' && type === 'AWS::ApiGatewayV2::Api') return `https://${id}.execute-api.local`
    if (attribute === 'ApiId' || attribute === 'AuthorizerId') return id
    throw new PlainError(`The local stack does not know ${attribute} of ${id}, a ${type} (at ${where}).`)
  }

  #substitute(argument: unknown, where: string): string {
    const [pattern, own] = Array.isArray(argument) ? (argument as [unknown, unknown]) : [argument, {}]
    const variables = isObject(own) ? own : {}
    return String(pattern).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`
      if (name in variables) return String(this.#work(variables[name], where))
      const [id, attribute] = name.split(/\.(.*)/s)
      return attribute === undefined ? String(this.#reference(name, where)) : this.#attribute(id ?? '', attribute, where)
    })
  }

  /** `{{resolve:secretsmanager:secret-id:SecretString:json-key:version-stage:version-id}}` */
  #dynamic(text: string, where: string): string {
    return text.replace(/\{\{resolve:([^}]*)\}\}/g, (whole, reference: string) => {
      const parts = /^secretsmanager:(.+?):SecretString:([^:]*)(?::[^:]*){0,2}$/.exec(reference)
      if (!parts) throw new PlainError(`The local stack does not understand ${whole} at ${where}.`)
      const [, secretId, key] = parts
      const { id, properties } = this.named('AWS::SecretsManager::Secret', secretId)
      const value = this.#resolution.secret({ id, properties })
      if (!key) return value
      const entry = (JSON.parse(value) as Record<string, unknown>)[key]
      if (typeof entry !== 'string') throw new PlainError(`The secret ${id} has no text under ${key} (at ${where}).`)
      return entry
    })
  }
}

const hasArn = (type: string): boolean =>
  ['AWS::DynamoDB::Table', 'AWS::Lambda::Function', 'AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::SecretsManager::Secret'].includes(type)
