// 导出: what is on the page as Excel or CSV. Says how far it is, can be stopped, and gives the file its name.
import { useEffect, useRef, useState } from 'react';
import { makeExport } from '../../../modules/exports/contract.ts';
import type { ExportFormat, ExportSubject } from '../../../modules/exports/model.ts';
import { receive } from '../../app/client.ts';
import { type Failure, failureOf } from '../../app/failure.ts';
import { saveFile } from '../../app/file-saving.ts';
import { queryClient } from '../../app/queries.ts';
import { useExportsText } from '../../language/exports.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/notice.tsx';
import { Popover } from '../../ui/popover.tsx';
import { tell } from '../../ui/toasts.tsx';
import './exports.css';

export interface ExportProps {
  readonly edition: string;
  readonly unitCode: string;
  /** What can be taken out here, the page itself first. */
  readonly subjects: readonly ExportSubject[];
}

interface Running {
  readonly bytes: number;
  /** 0 until the server has said it. */
  readonly rows: number;
}

const formats: readonly ExportFormat[] = ['xlsx', 'csv'];

export function ExportButton({ edition, unitCode, subjects }: ExportProps) {
  const text = useText();
  const words = useExportsText();
  const [running, setRunning] = useState<Running | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const take = async (subject: ExportSubject, format: ExportFormat): Promise<void> => {
    stop.current = new AbortController();
    const { signal } = stop.current;
    setFailure(null);
    setRunning({ bytes: 0, rows: 0 });
    try {
      const { name, content, rows } = await receive(makeExport, { edition, unitCode, format, language: text.code, subject }, (bytes, all) => setRunning({ bytes, rows: all }), { signal });
      saveFile(name, content);
      tell({ text: words.done(name, text.format.number(rows)) });
      // The trail has a record more.
      void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'audit.list' });
    } catch (error) {
      if (!signal.aborted) setFailure(failureOf(error));
    } finally {
      setRunning(null);
    }
  };
  return (
    <div className="export screen-only">
      {running === null ? (
        <Popover label={words.hint} icon="download" shown={words.export}>
          {(close) => (
            <div className="stack-tight">
              {subjects.map((subject) => (
                <div key={subject.kind} className="export-subject">
                  <span>{words.subjects[subject.kind]}</span>
                  {formats.map((format) => (
                    <Button
                      key={format}
                      aria-label={words.take(words.subjects[subject.kind], words.formats[format])}
                      onClick={() => {
                        close();
                        void take(subject, format);
                      }}
                    >
                      {words.formats[format]}
                    </Button>
                  ))}
                </div>
              ))}
              <p className="hint">{words.recorded}</p>
            </div>
          )}
        </Popover>
      ) : (
        <div className="row-tight">
          <span className="visually-hidden" role="status">{words.preparing}</span>
          <span className="hint" aria-hidden="true">{running.rows === 0 ? words.preparing : words.receiving(text.format.number(running.rows), words.size(running.bytes))}</span>
          <Button icon="close" onClick={() => stop.current?.abort()}>{words.stop}</Button>
        </div>
      )}
      <FailureNotice failure={failure} kept="read" />
    </div>
  );
}
