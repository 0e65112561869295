// Written by infra/mail-layout.ts from layout.mjml.
import type { Html } from './render-safe.ts'

type Values<Name extends string> = Readonly<Record<Name, Html>>

export const page = (values: Values<'lang' | 'subject' | 'preheader' | 'accent' | 'sender' | 'heading' | 'tint' | 'lead' | 'blocks' | 'footer'>): Html => `<!doctype html>
<html lang="${values.lang}" dir="ltr" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<title>${values.subject}</title>
<!--[if !mso]><!-->
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<!--<![endif]-->
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style type="text/css">
#outlook a { padding:0; }
body { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }
table, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }
img { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }
p { display:block;margin:13px 0; }
</style>
<!--[if mso]>
<noscript>
<xml>
<o:OfficeDocumentSettings>
<o:AllowPNG/>
<o:PixelsPerInch>96</o:PixelsPerInch>
</o:OfficeDocumentSettings>
</xml>
</noscript>
<![endif]-->
<!--[if lte mso 11]>
<style type="text/css">
.mj-outlook-group-fix { width:100% !important; }
</style>
<![endif]-->
<style type="text/css">
@media only screen and (min-width:480px) {
.mj-column-per-100 { width:100% !important; max-width: 100%; }
}
</style>
<style media="screen and (min-width:480px)">
.moz-text-html .mj-column-per-100 { width:100% !important; max-width: 100%; }
</style>
<style type="text/css">
@media only screen and (max-width:480px) {
.in > td, td.in { padding-left:16px !important; padding-right:16px !important; }
.grid tr.h { display:none !important; }
.grid tr.r, .grid tr.r td { display:block !important; width:auto !important; border:0 !important; }
.grid tr.r { border-top:1px solid #d0d7de !important; padding:8px 0 !important; }
.grid tr.r td { padding:1px 0 !important; }
.grid .l { display:inline !important; color:#57606a; }
.grid tr.r td:first-child { font-weight:bold; }
.grid tr.r td:first-child .l { display:none !important; }
}
@media (prefers-color-scheme:dark) {
.page, .page > div, .page > table { background:#16181c !important; background-color:#16181c !important; }
.card, .card > table { background:#1f2328 !important; background-color:#1f2328 !important; }
.in div, .in td, .in h1, .in h2, .lead td { color:#e6e8eb !important; }
.rule td, .soft td, .grid tr.r { border-color:#444c56 !important; }
.in th { color:#e6e8eb !important; background:#2a2f36 !important; border-color:#444c56 !important; }
.in .m, .in.m div, .grid .l { color:#a8b1bb !important; }
.lead td, .soft td { background:#2a2f36 !important; }
.in a.u { color:#8ab8ff !important; }
}
</style>
<meta name="color-scheme" content="light dark" />
<meta name="supported-color-schemes" content="light dark" />
<meta name="format-detection" content="telephone=no,date=no,address=no" />
<!--[if mso]><style type="text/css">body,table,td,div,p,a,span{font-family:"Microsoft YaHei",Arial,sans-serif !important}</style><![endif]-->
</head>
<body  class="page" style="word-spacing:normal;background-color:#f3f4f6;">
<div style="display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;">${values.preheader}</div>
<div
aria-label="${values.subject}" aria-roledescription="email" role="article" lang="${values.lang}" dir="ltr" style="word-spacing:normal;background-color:#f3f4f6;"
>
<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="card-outlook" role="presentation" style="width:640px;" width="640" bgcolor="#ffffff" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div  class="card" style="background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:640px;">
<table
align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="background:#ffffff;background-color:#ffffff;width:100%;"
>
<tbody>
<tr>
<td
style="border-top:4px solid ${values.accent};direction:ltr;font-size:0px;padding:18px 0 26px;text-align:center;"
>
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:640px;" ><![endif]-->
<div
class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%"
>
<tbody>
<tr>
<td  style="vertical-align:top;padding:0;">
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="" width="100%"
>
<tbody>
<tr>
<td
align="left" class="in m" style="font-size:0px;padding:4px 28px 0;word-break:break-word;"
>
<div
style="font-family:Microsoft YaHei,微软雅黑,PingFang SC,Hiragino Sans GB,Noto Sans CJK SC,Arial,sans-serif;font-size:13px;line-height:1.7;text-align:left;color:#57606a;"
>${values.sender}</div>
</td>
</tr>
<tr>
<td
align="left" class="in" style="font-size:0px;padding:2px 28px 8px;word-break:break-word;"
>
<div
style="font-family:Microsoft YaHei,微软雅黑,PingFang SC,Hiragino Sans GB,Noto Sans CJK SC,Arial,sans-serif;font-size:15px;line-height:1.7;text-align:left;color:#24292f;"
><h1 style="margin:0;font-size:21px;line-height:1.45;font-weight:bold;color:#1b1f24">${values.heading}</h1></div>
</td>
</tr>
<tr>
<td
align="left" class="in" style="font-size:0px;padding:4px 28px 10px;word-break:break-word;"
>
<table
cellpadding="0" cellspacing="0" role="presentation" width="100%" border="0" style="color:#24292f;font-family:Microsoft YaHei,微软雅黑,PingFang SC,Hiragino Sans GB,Noto Sans CJK SC,Arial,sans-serif;font-size:14px;line-height:1.6;table-layout:auto;width:100%;border:none;"
>
<tr class="lead"><td bgcolor="${values.tint}" style="background:${values.tint};border-left:4px solid ${values.accent};padding:12px 16px;font-size:16px;line-height:1.65;font-weight:bold;color:#1b1f24">${values.lead}</td></tr>
</table>
</td>
</tr>
${values.blocks}
</tbody>
</table>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><table align="center" border="0" cellpadding="0" cellspacing="0" class="page-outlook" role="presentation" style="width:640px;" width="640" bgcolor="#f3f4f6" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div  class="page" style="background:#f3f4f6;background-color:#f3f4f6;margin:0px auto;max-width:640px;">
<table
align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="background:#f3f4f6;background-color:#f3f4f6;width:100%;"
>
<tbody>
<tr>
<td
style="direction:ltr;font-size:0px;padding:12px 0 24px;text-align:center;"
>
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:640px;" ><![endif]-->
<div
class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%"
>
<tbody>
<tr>
<td  style="vertical-align:top;padding:0;">
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="" width="100%"
>
<tbody>
${values.footer}
</tbody>
</table>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</div>
</body>
</html>` as Html

export const section = (values: Values<'accent' | 'title'>): Html => `<tr>
<td
align="left" class="in" style="font-size:0px;padding:18px 28px 2px;word-break:break-word;"
>
<div
style="font-family:Microsoft YaHei,微软雅黑,PingFang SC,Hiragino Sans GB,Noto Sans CJK SC,Arial,sans-serif;font-size:15px;line-height:1.7;text-align:left;color:#24292f;"
><h2 style="margin:0;font-size:16px;line-height:1.5;font-weight:bold;color:${values.accent}">${values.title}</h2></div>
</td>
</tr>` as Html

export const paragraph = (values: Values<'text'>): Html => `<tr>
<td
align="left" class="in" style="font-size:0px;padding:6px 28px;word-break:break-word;"
>
<div
style="font-family:Microsoft YaHei,微软雅黑,PingFang SC,Hiragino Sans GB,Noto Sans CJK SC,Arial,sans-serif;font-size:15px;line-height:1.7;text-align:left;color:#24292f;"
>${values.text}</div>
</td>
</tr>` as Html

export const fact = (values: Values<'label' | 'value'>): Html => `<tr>
<td class="m" width="26%" valign="top" style="padding:6px 12px 6px 0;border-bottom:1px solid #e5e8eb;color:#57606a">${values.label}</td>
<td valign="top" style="padding:6px 0;border-bottom:1px solid #e5e8eb">${values.value}</td>
</tr>` as Html

export const facts = (values: Values<'fact'>): Html => `<tr>
<td
align="left" class="in rule" style="font-size:0px;padding:6px 28px;word-break:break-word;"
>
<table
cellpadding="0" cellspacing="0" role="presentation" width="100%" border="0" style="color:#24292f;font-family:Microsoft YaHei,微软雅黑,PingFang SC,Hiragino Sans GB,Noto Sans CJK SC,Arial,sans-serif;font-size:14px;line-height:1.6;table-layout:auto;width:100%;border:none;"
>
${values.fact}
</table>
</td>
</tr>` as Html

export const header = (values: Values<'wrapping' | 'text'>): Html => `<th scope="col" align="left" valign="bottom" bgcolor="#f3f4f6" style="background:#f3f4f6;padding:7px 8px;border-bottom:1px solid #d0d7de;font-weight:bold;color:#24292f;${values.wrapping}">${values.text}</th>` as Html

export const cell = (values: Values<'wrapping' | 'label' | 'text'>): Html => `<td valign="top" style="padding:7px 8px;border-bottom:1px solid #e5e8eb;${values.wrapping}"><span class="l" style="display:none;mso-hide:all">${values.label}</span>${values.text}</td>` as Html

export const row = (values: Values<'cell'>): Html => `<tr class="r">
${values.cell}
</tr>` as Html

export const table = (values: Values<'shape' | 'header' | 'row'>): Html => `<tr>
<td
align="left" class="in rule ${values.shape}" style="font-size:0px;padding:6px 28px;word-break:break-word;"
>
<table
cellpadding="0" cellspacing="0" width="100%" border="0" style="color:#24292f;font-family:Microsoft YaHei,微软雅黑,PingFang SC,Hiragino Sans GB,Noto Sans CJK SC,Arial,sans-serif;font-size:13px;line-height:1.6;table-layout:auto;width:100%;border:none;"
>
<tr class="h">
${values.header}
</tr>
${values.row}
</table>
</td>
</tr>` as Html

export const attribution = (values: Values<'by'>): Html => `<tr class="soft"><td class="m" bgcolor="#f6f7f9" style="background:#f6f7f9;border-left:3px solid #afb8c1;padding:0 14px 10px;font-size:13px;color:#57606a">${values.by}</td></tr>` as Html

export const quote = (values: Values<'text' | 'attribution'>): Html => `<tr>
<td
align="left" class="in" style="font-size:0px;padding:6px 28px;word-break:break-word;"
>
<table
cellpadding="0" cellspacing="0" role="presentation" width="100%" border="0" style="color:#24292f;font-family:Microsoft YaHei,微软雅黑,PingFang SC,Hiragino Sans GB,Noto Sans CJK SC,Arial,sans-serif;font-size:14px;line-height:1.6;table-layout:auto;width:100%;border:none;"
>
<tr class="soft"><td bgcolor="#f6f7f9" style="background:#f6f7f9;border-left:3px solid #afb8c1;padding:10px 14px;font-size:15px;line-height:1.7">${values.text}</td></tr>
${values.attribution}
</table>
</td>
</tr>` as Html

export const item = (values: Values<'number' | 'text'>): Html => `<tr>
<td width="28" valign="top" style="padding:3px 0;width:28px">${values.number}.</td>
<td valign="top" style="padding:3px 0">${values.text}</td>
</tr>` as Html

export const list = (values: Values<'item'>): Html => `<tr>
<td
align="left" class="in" style="font-size:0px;padding:6px 28px;word-break:break-word;"
>
<table
cellpadding="0" cellspacing="0" role="presentation" width="100%" border="0" style="color:#24292f;font-family:Microsoft YaHei,微软雅黑,PingFang SC,Hiragino Sans GB,Noto Sans CJK SC,Arial,sans-serif;font-size:15px;line-height:1.6;table-layout:auto;width:100%;border:none;"
>
${values.item}
</table>
</td>
</tr>` as Html

export const action = (values: Values<'accent' | 'url' | 'label' | 'hint'>): Html => `<tr>
<td
align="left" class="in" style="font-size:0px;padding:16px 28px 4px;word-break:break-word;"
>
<table
border="0" cellpadding="0" cellspacing="0" role="presentation" style="border-collapse:separate;line-height:100%;"
>
<tbody>
<tr>
<td
align="center" bgcolor="${values.accent}" role="presentation" style="border:none;border-radius:4px;cursor:auto;mso-padding-alt:11px 26px;background:${values.accent};" valign="middle"
>
<a
href="${values.url}" style="display:inline-block;background:${values.accent};color:#ffffff;font-family:Microsoft YaHei,微软雅黑,PingFang SC,Hiragino Sans GB,Noto Sans CJK SC,Arial,sans-serif;font-size:15px;font-weight:bold;line-height:1.4;margin:0;text-decoration:none;text-transform:none;padding:11px 26px;mso-padding-alt:0px;border-radius:4px;" target="_blank"
>
${values.label}
</a>
</td>
</tr>
</tbody>
</table>
</td>
</tr>
<tr>
<td
align="left" class="in m" style="font-size:0px;padding:4px 28px 8px;word-break:break-word;"
>
<div
style="font-family:Microsoft YaHei,微软雅黑,PingFang SC,Hiragino Sans GB,Noto Sans CJK SC,Arial,sans-serif;font-size:12px;line-height:1.5;text-align:left;color:#57606a;"
>${values.hint}<br /><a class="u" href="${values.url}" style="color:${values.accent};word-break:break-all">${values.url}</a></div>
</td>
</tr>` as Html

export const reference = (values: Values<'label' | 'id'>): Html => `<tr>
<td
align="left" class="in" style="font-size:0px;padding:12px 28px 8px;word-break:break-word;"
>
<table
cellpadding="0" cellspacing="0" role="presentation" width="100%" border="0" style="color:#24292f;font-family:Microsoft YaHei,微软雅黑,PingFang SC,Hiragino Sans GB,Noto Sans CJK SC,Arial,sans-serif;font-size:14px;line-height:1.6;table-layout:auto;width:100%;border:none;"
>
<tr class="soft"><td bgcolor="#f6f7f9" style="background:#f6f7f9;border:1px solid #d0d7de;padding:10px 14px"><span class="m" style="font-size:13px;color:#57606a">${values.label}</span><br /><strong style="font-size:16px">${values.id}</strong></td></tr>
</table>
</td>
</tr>` as Html

export const footer = (values: Values<'text'>): Html => `<tr>
<td
align="left" class="in m" style="font-size:0px;padding:2px 28px;word-break:break-word;"
>
<div
style="font-family:Microsoft YaHei,微软雅黑,PingFang SC,Hiragino Sans GB,Noto Sans CJK SC,Arial,sans-serif;font-size:12px;line-height:1.6;text-align:left;color:#57606a;"
>${values.text}</div>
</td>
</tr>` as Html
