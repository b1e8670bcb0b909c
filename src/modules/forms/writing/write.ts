// A sheet as a file of one of the formats it is written in.
import type { FormFormat, FormSheet } from '../model.ts';
import { writeDocx } from './docx.ts';
import { writePdf } from './pdf.ts';
import { writeXlsx } from './xlsx.ts';

const writers: { readonly [format in FormFormat]: (sheet: FormSheet) => Promise<Uint8Array> } = { docx: writeDocx, xlsx: writeXlsx, pdf: writePdf };

export const formMediaTypes: { readonly [format in FormFormat]: string } = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
};

export async function writeForm(sheet: FormSheet, format: FormFormat): Promise<Uint8Array> {
  return writers[format](sheet);
}
