import { Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/** Acknowledges findings of the checks on `construct` and what it contains: each by its full id, with the reason. */
export function acknowledge(construct: IConstruct, findings: Readonly<Record<string, string>>): void {
  Validations.of(construct).acknowledge(...Object.entries(findings).map(([id, reason]) => ({ id, reason })))
}
