import { clockRows, issueRows, issueSubject, leadIn, ledgerReference, lookUp, problemQuote, provisionalNote, quoteNumber, toPage } from './issue-blocks.ts'
import { shortName, type Draft, type FactsOf, type Pen } from './pen.ts'

type Directed = FactsOf<'issue-directed'>

/** What a session has decided on an issue: to who has to act, who led before, who brought it, its enterprise. */
export const issueDirected = (facts: Directed, pen: Pen): Draft => {
  const { say, at } = pen
  const { issue, departmentName, reader, sessionNumber } = facts
  const by = at(issue.clocks.resolve.by)
  const { subject, lead, urgency, because, end } = forReader(facts, pen)
  return {
    subject: issueSubject(issue, subject, pen),
    heading: say(`现场办公决定：${issue.title}`, `Decided on the spot: ${issue.title}`),
    lead,
    urgency,
    blocks: [
      { kind: 'section', title: reader === 'enterprise' ? say('决定事项', 'What was decided') : say(`决定事项（现场办公 ${sessionNumber}）`, `What was decided (session ${sessionNumber})`) },
      { kind: 'quote', text: facts.what },
      { kind: 'paragraph', text: say(`由${departmentName}负责，${by}前办结。`, `${departmentName} is to see to it by ${by}.`) },
      { kind: 'facts', rows: [...issueRows(issue, pen), ...clockRows(issue, pen)] },
      ...provisionalNote(issue, pen),
      ...(reader === 'lead' ? problemQuote(issue, pen) : []),
      ...end,
    ],
    because,
    ask: reader === 'enterprise' ? say(`助企干部${issue.officerName}`, `your officer, ${issue.officerName},`) : leadIn(issue),
  }
}

const forReader = (facts: Directed, pen: Pen): Pick<Draft, 'subject' | 'lead' | 'urgency' | 'because'> & { readonly end: Draft['blocks'] } => {
  const { say, at } = pen
  const { issue, departmentName, fromDepartmentName, enterpriseHasMail } = facts
  const by = at(issue.clocks.resolve.by)
  const name = shortName(departmentName)
  switch (facts.reader) {
    case 'lead': {
      const accept = issue.status === 'dispatched'
      return {
        subject: say(`现场办公决定，请${name}于${by}前办结`, `Decided on the spot, ${name} to resolve by ${by}`),
        lead: say(
          `请${departmentName}${accept ? '尽快签收，并' : ''}按现场办公的决定，于${by}前办结本问题。`,
          `${departmentName}: please ${accept ? 'accept this issue soon and ' : ''}resolve it by ${by}, as the on-site session has decided.`,
        ),
        urgency: 'due',
        because: say(`您收到本邮件，是因为您负责办理${departmentName}主办的问题。`, `You get this mail because you are responsible for issues that ${departmentName} leads.`),
        end: [ledgerReference(issue, pen)],
      }
    }
    case 'former-lead':
      return {
        subject: say(`现场办公决定，改由${name}主办`, `Decided on the spot, ${name} leads from now on`),
        lead: say(
          `${fromDepartmentName}：现场办公决定，本问题改由${departmentName}主办，于${by}前办结；在其签收前，仍由首接部门负责。`,
          `${fromDepartmentName}: the on-site session has decided that ${departmentName} leads this issue and resolves it by ${by}. Until it has accepted, whoever answered for the issue still does.`,
        ),
        urgency: 'normal',
        because: say(`您收到本邮件，是因为该问题此前由${fromDepartmentName}主办。`, `You get this mail because ${fromDepartmentName} led this issue before.`),
        end: [lookUp(issue, pen)],
      }
    case 'officer':
      return {
        subject: say(`现场办公已决定，${name}${by}前办结`, `Decided on the spot, ${name} to resolve by ${by}`),
        lead: say(
          `${issue.officerName}同志：您联系企业的问题已由现场办公决定，${departmentName}于${by}前办结。${enterpriseHasMail ? '已同时告知企业。' : '企业未登记邮箱，请您当面告知。'}`,
          `${issue.officerName}, an on-site session has decided on this issue of your enterprise: ${departmentName} is to resolve it by ${by}. ${enterpriseHasMail ? 'The enterprise has been told.' : 'The enterprise has no e-mail address registered; please tell it in person.'}`,
        ),
        urgency: enterpriseHasMail ? 'normal' : 'due',
        because: say('您收到本邮件，是因为该问题由您联系的企业提出。', 'You get this mail because this issue is of an enterprise you are paired with.'),
        end: [lookUp(issue, pen)],
      }
    case 'enterprise':
      return {
        subject: say(`现场办公已决定，${name}${by}前办结`, `Decided on the spot, ${name} to resolve by ${by}`),
        lead: say(
          `${issue.enterpriseName}：您好！对贵单位反映的问题，现场办公已作出决定，${departmentName}将于${by}前办结。`,
          `To ${issue.enterpriseName}: the on-site session has decided on the issue you raised. ${departmentName} is to resolve it by ${by}.`,
        ),
        urgency: 'normal',
        because: say('您收到本邮件，是因为贵单位反映了上述问题，并登记了此邮箱。', 'You get this mail because your enterprise raised this issue and registered this address.'),
        end: [...toPage(say('查看办理进展', 'See how it stands'), pen), quoteNumber(issue, pen)],
      }
  }
}
