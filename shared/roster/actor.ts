/**
 * Who acts in timelines and records without a staff number: the program itself, the first administrator before there is a
 * roster, an enterprise by its link. None of them is anybody's staff number.
 */
export const theSystem = 'system'
export const theBootstrapAdmin = 'bootstrap-admin'
export const theEnterprise = 'enterprise'

export const reservedActors: readonly string[] = [theSystem, theBootstrapAdmin, theEnterprise]
