// The Typst template of a report (GB/T 9704-2012). A constant: what a report says comes as data and is never markup.
export const reportTemplate = `#let given = json("data.json")
#let fonts = json("fonts.json")
#let pitch = 28.99pt
#let size = 16pt
#let gap = pitch - size
#set document(title: given.title, author: given.author)
#set page(
  paper: "a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm), footer-descent: 7mm, header-ascent: 12mm,
  header: if given.marks.len() > 0 { align(right, text(font: fonts.heading, size: 14pt, fill: rgb("#c00000"), given.marks.join("　"))) },
  footer: context {
    let number = counter(page).get().first()
    let odd = calc.odd(number)
    align(if odd { right } else { left }, pad(left: if odd { 0pt } else { 14pt }, right: if odd { 14pt } else { 0pt }, text(font: fonts.plain, size: 14pt, tracking: 0pt, "— " + str(number) + " —")))
  },
)
#set text(font: fonts.text, size: size, tracking: -0.22pt, lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em)
#set par(leading: gap, spacing: gap, justify: true, first-line-indent: (amount: 2 * 15.78pt, all: true))
#set block(spacing: gap)
#let flat(body) = { set par(first-line-indent: 0pt); body }
#let said(runs) = for run in runs { if run.bold { strong(run.text) } else { run.text } }
#let faces = (fonts.heading, fonts.emphasis, fonts.text, fonts.text)
#show heading: set block(above: gap, below: gap, sticky: true)
#show heading: it => block(par(text(font: faces.at(it.level - 1), size: size, weight: "regular", it.body)))
#let caption(words, sticky: false) = block(width: 100%, sticky: sticky, flat(align(center, text(font: fonts.heading, size: 14pt, words))))
#let grid-of(one) = {
  if one.caption != "" { caption(one.caption, sticky: true) }
  set text(size: 12pt, tracking: 0pt)
  set par(leading: 4pt, first-line-indent: 0pt, justify: false)
  block(below: gap + 8pt, table(
    columns: one.widths.map(width => width * 1fr), stroke: 0.5pt, inset: (x: 4pt, y: 5pt), align: horizon,
    table.header(..one.head.map(words => table.cell(align: center + horizon, text(font: fonts.heading, words)))),
    ..one.rows.flatten().map(cell => table.cell(rowspan: cell.rowSpan, breakable: false, align: (if cell.align == "center" { center } else { left }) + horizon, cell.text)),
  ))
}
#let picture-of(one) = block(width: 100%, breakable: false, {
  flat(align(center, if one.file == none { one.missing } else { image(one.file, width: one.width * 1mm, height: one.height * 1mm, alt: one.caption) }))
  caption(one.caption)
})
#block(width: 100%, sticky: true, below: 2 * pitch - 22pt, flat(align(center, { set par(leading: pitch - 22pt, justify: false); text(font: fonts.title, size: 22pt, weight: "bold", tracking: 0pt, given.title) })))
#if given.addressee != "" { flat(par(given.addressee)) }
#for (index, one) in given.blocks.enumerate() {
  if one.type == "heading" { heading(level: one.level, one.number + one.runs.map(run => run.text).join("")) }
  else if one.type == "paragraph" { if index == given.blocks.len() - 1 and one.short { block(sticky: true, par(said(one.runs))) } else { par(said(one.runs)) } }
  else if one.type == "table" { grid-of(one) }
  else { picture-of(one) }
}
#let lead = if given.attachments.len() > 1 { 6em } else { 5em }
#if given.attachments.len() > 0 {
  block(above: gap + pitch, sticky: true, {
    for (index, name) in given.attachments.enumerate() {
      let number = if given.attachments.len() > 1 { str(index + 1) + ". " } else { "" }
      block(spacing: gap, par(first-line-indent: 0pt, hanging-indent: lead, { h(if index == 0 { 2em } else { 5em }); if index == 0 { "附件：" }; number; name }))
    }
  })
}
#block(width: 100%, breakable: false, above: gap + 3 * pitch, flat({
  block(width: 100%, spacing: gap, align(right, pad(right: given.closing.signature * 1em, given.signature)))
  block(width: 100%, spacing: gap, align(right, pad(right: given.closing.date * 1em, given.date)))
}))
`;
