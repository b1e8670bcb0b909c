// The annex as PDF. What the template prints comes from the sheet alone; measures come from the rules that all formats follow.
import { type PdfWork, renderPdf } from '../../../documents/pdf.ts';
import { qrSvgOf } from '../../../documents/qr.ts';
import type { FormSheet } from '../model.ts';
import { figureText, footLines, formMeasuresOf, formPage, paper } from '../rules.ts';

const template = `
#let given = json("data.json")
#let fonts = json("fonts.json")
#let measures = given.measures
#let page-of = given.page
#let mm(value) = value * 1mm

#set document(title: given.title, author: given.unitName)
#set text(font: fonts.text, size: 16pt, lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em, cjk-latin-spacing: none)
#set par(leading: mm(measures.lineHeight) - measures.size * 1pt, spacing: 0pt, justify: false)

#let marks = if given.marks.len() > 0 {
  align(center, box(stroke: 0.5pt + rgb("#a40000"), inset: (x: 3mm, y: 1mm), text(font: fonts.heading, size: 12pt, fill: rgb("#a40000"), given.marks.join("　"))))
}

#let foot = block(height: mm(page-of.foot), width: 100%, {
  set text(size: 10.5pt)
  set par(leading: 0.45em)
  if given.receipt {
    grid(columns: (mm(page-of.code), 1fr), column-gutter: 4mm, align: horizon,
      image("code.svg", width: mm(page-of.code), height: mm(page-of.code), alt: given.codeAlt),
      given.foot.map(line => block(spacing: 0.55em, line)).join())
  } else {
    align(bottom, given.foot.map(line => block(spacing: 0.55em, line)).join())
  }
})

#set page(
  width: mm(page-of.width), height: mm(page-of.height),
  margin: (top: mm(page-of.top), left: mm(page-of.left), right: mm(page-of.right), bottom: mm(page-of.bottom + page-of.foot)),
  header: marks, header-ascent: 8mm,
  footer: foot, footer-descent: 0mm,
  foreground: if given.draft != none {
    place(center + horizon, rotate(-30deg, text(font: fonts.heading, size: 120pt, tracking: 0.2em, fill: rgb(0, 0, 0, 28), given.draft)))
  },
)

#block(height: mm(page-of.heading), width: 100%, text(font: fonts.heading, given.heading))
#v(mm(page-of.titleGap))
#align(center, {
  set text(font: fonts.title, size: page-of.titleSize * 1pt, weight: "bold")
  let between = mm(page-of.titleLine) - page-of.titleSize * 1pt
  set par(leading: between)
  pad(y: between / 2, given.title)
})
#v(mm(page-of.titleGap))
#block(height: mm(measures.sealRoom), width: 100%, {
  set text(size: measures.size * 1pt)
  align(horizon, grid(columns: (1fr, auto), column-gutter: 6mm,
    [#given.unitLine#given.unitName], given.dateLine))
})

#let cell(body, ..more) = table.cell(inset: (x: mm(page-of.padding), y: (mm(measures.rowHeight) - mm(measures.lineHeight)) / 2), ..more, body)
#set text(size: measures.size * 1pt)
#table(
  columns: page-of.columns.map(mm),
  rows: given.rows.map(row => auto),
  stroke: 0.5pt,
  align: (center + horizon, left + horizon, center + horizon),
  table.header(..given.columns.map(word => cell(align: center + horizon, block(height: mm(measures.lineHeight), align(horizon, text(font: fonts.heading, word)))))),
  ..given.rows.map(row => {
    let number = if row.span > 0 { (cell(rowspan: row.span, align: center + horizon, str(row.number)),) } else { () }
    let least(body) = block(breakable: false, {
      box(width: 0pt, height: mm(measures.lineHeight), baseline: 19%)
      body
    })
    number + (cell(least(if row.span > 0 { row.label } else { h(2em) + row.label })), cell(least(row.figure)))
  }).flatten(),
)
`;

export async function writePdf(sheet: FormSheet): Promise<Uint8Array> {
  return renderPdf(pdfWorkOf(sheet));
}

export function pdfWorkOf(sheet: FormSheet): PdfWork {
  const { receipt } = sheet;
  const data = {
    ...sheet,
    receipt: receipt !== null,
    marks: sheet.marks.map((mark) => paper.marks[mark]),
    draft: receipt === null ? paper.draft : null,
    foot: footLines(sheet),
    codeAlt: receipt?.address ?? '',
    rows: sheet.lines.map((line) => ({ number: line.row, span: line.span, label: line.label, figure: figureText(line) })),
    measures: formMeasuresOf(sheet),
    page: formPage,
  };
  return { source: template, data, createdAt: sheet.asOf, ...(receipt === null ? {} : { images: { 'code.svg': qrSvgOf(receipt.address) } }) };
}
