// Runs under any Node: says in one line what is missing, before anything else fails in a stranger way.
const [major, minor] = process.versions.node.split('.').map(Number)
const enough = major > 22 || (major === 22 && minor >= 18)
if (!enough) {
  console.error(`Qinshang needs Node 22.18 or newer and found ${process.versions.node}. On Linux and Windows "npm ci" brings Node 24 along; elsewhere install it first.`)
  process.exit(1)
}
