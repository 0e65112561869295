import { describe, expect, it } from 'vitest'
import { blueprint } from '../../../infra/local/blueprint.ts'
import { defaultPlace, Template } from '../../../infra/local/template.ts'

const template = (Resources: object, more: object = {}) =>
  new Template({ Resources, ...more }, '/nowhere', { place: defaultPlace, secret: ({ id }) => `{"password":"secret of ${id}"}` })

const resolved = (value: unknown, more: object = {}, resources: object = {}) =>
  template({ R: { Type: 'X', Properties: { value } }, ...resources }, more).resource('R').properties['value']

describe('reading a template', () => {
  it.each<[unknown, unknown]>([
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }]] }, 'a-000000000000'],
    [{ 'Fn::Sub': 'x${AWS::Partition}y${!Literal}' }, 'xawsy${Literal}'],
    [{ 'Fn::Sub': ['${A}-${T.Arn}', { A: { Ref: 'T' } }] }, 'qinshang-local-T-arn:aws:dynamodb:us-east-1:000000000000:table/qinshang-local-T'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    [{ 'Fn::If': ['Never', 'yes', { Ref: 'AWS::NoValue' }] }, undefined],
    [['a', { Ref: 'AWS::NoValue' }], ['a']],
    [{ 'Fn::GetAtt': ['T', 'StreamArn'] }, 'arn:aws:dynamodb:us-east-1:000000000000:table/qinshang-local-T/stream/local'],
    [{ Ref: 'Given' }, 'default'],
    ['{{resolve:secretsmanager:S:SecretString:password::}}', 'secret of S'],
    [{ 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'S' }, ':SecretString:password::}}']] }, 'secret of S'],
  ])('%j is %j', (value, expected) => {
    const more = { Conditions: { Never: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'mars'] } }, Parameters: { Given: { Default: 'default' } } }
    const resources = { T: { Type: 'AWS::DynamoDB::Table' }, S: { Type: 'AWS::SecretsManager::Secret' } }
    expect(resolved(value, more, resources)).toEqual(expected)
  })

  it.each([
    { 'Fn::ImportValue': 'x' },
    { 'Fn::Cidr': ['10.0.0.0/16', 1] },
    { Ref: 'Nobody' },
    { 'Fn::GetAtt': ['T', 'Colour'] },
    '{{resolve:ssm:/x}}',
  ])('refuses %j where it is needed', (value) => {
    expect(() => resolved(value, {}, { T: { Type: 'AWS::DynamoDB::Table' } })).toThrow(/R/)
  })

  it('does not mind what is not needed', () => {
    const more = { Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/x' } } }
    const resources = { Topic: { Type: 'AWS::SNS::Topic', Properties: { X: { 'Fn::ImportValue': 'y' } } } }
    expect(() => blueprint(template(resources, more))).not.toThrow()
  })

  it('leaves out what its condition leaves out', () => {
    const resources = { M: { Type: 'AWS::New::Thing', Condition: 'No' } }
    expect(() => blueprint(template(resources, { Conditions: { No: { 'Fn::Equals': ['a', 'b'] } } }))).not.toThrow()
  })
})

describe('what would be left out', () => {
  const table = { Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: [], AttributeDefinitions: [] } }
  const stage = { Type: 'AWS::ApiGatewayV2::Stage', Properties: { StageName: '$default' } }
  const cors = { ProtocolType: 'HTTP', CorsConfiguration: {} }

  it.each<[string, object, RegExp]>([
    ['a type nobody has thought about', { New: { Type: 'AWS::Kinesis::Stream' } }, /New, a AWS::Kinesis::Stream/],
    ['a property nobody has thought about', { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: cors }, Stage: stage }, /CorsConfiguration/],
    ['a function without code', { F: { Type: 'AWS::Lambda::Function', Properties: { Handler: 'index.handler' } } }, /aws:asset:path/],
    ['a stream that is no table’s', { Table: table, M: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: 'arn:x', FunctionName: 'f', StartingPosition: 'LATEST' } } }, /no table's stream/],
  ])('is refused: %s', (_, resources, message) => {
    expect(() => blueprint(template(resources))).toThrow(message)
  })
})
