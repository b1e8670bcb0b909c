// A report as a file in either format.
import type { Instant } from '../../../shared/instant.ts';
import type { ReportFormat } from '../model.ts';
import type { ResolvedReport } from '../rules/resolved.ts';
import { writeDocx } from './docx.ts';
import { writePdf } from './pdf.ts';

export const reportMediaTypes: { readonly [F in ReportFormat]: string } = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

/** `createdAt` is written into the PDF as its time of creation. */
export async function writeReport(report: ResolvedReport, format: ReportFormat, createdAt: Instant): Promise<Uint8Array> {
  return format === 'docx' ? writeDocx(report) : writePdf(report, createdAt);
}
