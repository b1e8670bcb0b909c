// The builder: questions in order, one of them open, what is wrong with the draft, and how it looks on a telephone.
import { useEffect, useMemo, useRef, useState } from 'react';
import { closeQuestionnaire, publishQuestionnaire } from '../../../modules/questionnaires/contract/building.ts';
import type { QuestionnaireView } from '../../../modules/questionnaires/model/building.ts';
import type { QuestionKind } from '../../../modules/questionnaires/model/definition.ts';
import { findingsOf } from '../../../modules/questionnaires/rules/building.ts';
import { addQuestion, addSection, copyQuestion, moveSpot, removeSpot, type Spot } from '../../../modules/questionnaires/rules/editing.ts';
import { useCommand } from '../../app/queries.ts';
import { useMe } from '../../app/session.tsx';
import { useQuestionnairesText } from '../../language/questionnaires.ts';
import { useText } from '../../language/text.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import { SaveState } from '../../ui/save-state.tsx';
import { tell } from '../../ui/toasts.tsx';
import { Findings } from './findings.tsx';
import { idOf, Outline } from './outline.tsx';
import { Preview } from './preview.tsx';
import { QuestionEditor } from './question-editor.tsx';
import { useDraft } from './saving.ts';
import { SectionEditor, SettingsEditor } from './settings-editor.tsx';

const kinds: readonly QuestionKind[] = ['single', 'multiple', 'matrix', 'scale', 'number', 'text', 'date', 'note'];

export interface BuilderProps {
  /** As the server says now. */
  readonly opened: QuestionnaireView;
  /** As it was when it was opened here: what is typed goes on from there. */
  readonly begun: QuestionnaireView;
  readonly reopen: () => Promise<void>;
}

export function Builder({ opened, begun, reopen }: BuilderProps) {
  const words = useQuestionnairesText();
  const text = useText();
  const { account } = useMe();
  const draft = useDraft(begun.id, account.id, begun);
  const { definition, change } = draft;
  const [spot, setSpot] = useState<Spot | null>(null);
  const moved = useRef<Spot | null>(null);
  const findings = useMemo(() => findingsOf(definition), [definition]);
  const section = spot === null ? undefined : definition.sections[spot.section];
  const question = section?.questions[spot?.question ?? -1];
  // A place that undo took away.
  const at = spot === null || section === undefined ? null : spot.question !== null && question === undefined ? { section: spot.section, question: null } : spot;

  useEffect(() => {
    if (moved.current === null) return;
    document.getElementById(idOf(moved.current))?.focus();
    moved.current = null;
  });
  const go = (made: { readonly definition: typeof definition; readonly spot: Spot }, focus = false): void => {
    change(made.definition);
    setSpot(made.spot);
    if (focus) moved.current = made.spot;
  };
  const remove = (from: Spot): void => {
    go(removeSpot(definition, from), true);
    tell({ text: words.builder.removed, undo: async () => { draft.change(definition); setSpot(from); return true; } });
  };
  return (
    <div className="stack">
      <PublishBar opened={opened} draft={draft} hard={findings.filter(({ severity }) => severity === 'hard').length} />
      {draft.state === 'conflict' ? <Conflict draft={draft} reopen={reopen} /> : draft.command.failure === null ? null : <FailureNotice failure={draft.command.failure} kept="typed" onAgain={() => void draft.flush()} />}
      <div className="builder">
        <div className="stack builder-outline">
          <Outline definition={definition} findings={findings} spot={at} onSpot={setSpot} onMove={(from, by) => go(moveSpot(definition, from, by), true)} onRemove={remove} />
          <SelectField
            label={words.builder.addQuestion}
            value=""
            empty={words.builder.addQuestion}
            onValue={(kind) => (kind === '' ? undefined : go(addQuestion(definition, at ?? { section: definition.sections.length - 1, question: (definition.sections.at(-1)?.questions.length ?? 0) - 1 }, kind as QuestionKind)))}
            options={kinds.map((kind) => ({ value: kind, label: words.builder.addKind(words.builder.kinds[kind]) }))}
          />
          <Button icon="add" onClick={() => go(addSection(definition, at?.section ?? definition.sections.length - 1))}>{words.builder.addPage}</Button>
        </div>
        <section className="stack panel" aria-label={question === undefined ? words.builder.whole : words.builder.kinds[question.kind]}>
          {at === null ? <SettingsEditor definition={definition} onDefinition={change} /> : (
            <>
              <div className="row-apart">
                <h2>{question === undefined ? words.builder.page(text.format.number(at.section + 1)) : words.builder.kinds[question.kind]}</h2>
                <span className="row-tight">
                  <Button kind="quiet" icon="arrow_down" iconOnly className="turned" onClick={() => go(moveSpot(definition, at, -1))}>{words.builder.up}</Button>
                  <Button kind="quiet" icon="arrow_down" iconOnly onClick={() => go(moveSpot(definition, at, 1))}>{words.builder.down}</Button>
                  {question === undefined ? null : <Button kind="quiet" icon="copy" iconOnly onClick={() => go(copyQuestion(definition, at))}>{words.builder.copy}</Button>}
                  <Button kind="quiet" icon="trash" iconOnly onClick={() => remove(at)}>{words.builder.remove}</Button>
                </span>
              </div>
              {question === undefined ? <SectionEditor key={at.section} definition={definition} at={at.section} onDefinition={change} /> : <QuestionEditor key={`${String(at.section)} ${String(at.question)}`} definition={definition} spot={at} question={question} onDefinition={change} />}
            </>
          )}
        </section>
        <div className="stack builder-side">
          <Findings findings={findings} onSpot={setSpot} />
          <Preview definition={definition} />
        </div>
      </div>
    </div>
  );
}

type Draft = ReturnType<typeof useDraft>;

function Conflict({ draft, reopen }: { readonly draft: Draft; readonly reopen: () => Promise<void> }) {
  const words = useQuestionnairesText();
  const text = useText();
  const { version, by, at } = draft.command.failure?.details ?? {};
  return (
    <Notice tone="warn">
      <p>{words.conflict(typeof by === 'string' ? by : '', typeof at === 'string' ? text.format.shortInstant(at) : '')}</p>
      <div className="row-tight">
        <Button onClick={() => void reopen()}>{words.takeTheirs}</Button>
        <Button onClick={() => void draft.saveOver(Number(version))}>{words.keepMine}</Button>
      </div>
    </Notice>
  );
}

function PublishBar({ opened, draft, hard }: { readonly opened: QuestionnaireView; readonly draft: Draft; readonly hard: number }) {
  const words = useQuestionnairesText();
  const text = useText();
  const publish = useCommand(publishQuestionnaire);
  const close = useCommand(closeQuestionnaire);
  const [told, setTold] = useState<string | null>(null);
  const press = async (): Promise<void> => {
    setTold(null);
    if (hard > 0) {
      setTold(words.cannotPublish(text.format.number(hard)));
      return;
    }
    const version = await draft.flush();
    if (version === null) return;
    const made = await publish.run({ id: opened.id, version });
    if (made === null) return;
    draft.adopt(made.version);
    tell({ text: words.published(text.format.number(made.number)) });
  };
  const end = async (): Promise<void> => {
    const version = await draft.flush();
    if (version !== null && (await close.run({ id: opened.id, version })) !== null) tell({ text: words.closed });
  };
  return (
    <div className="stack-tight">
      <div className="row">
        <SaveState state={draft.state} />
        <Button icon="undo" onClick={draft.undo}>{words.undo}</Button>
        {opened.published > 0 && !opened.changed && draft.state === 'saved'
          ? <span className="hint">{words.publishNothing}</span>
          : <Button kind="primary" icon="send" busy={publish.busy} onClick={() => void press()}>{words.publish}</Button>}
        {opened.state === 'open' ? <Button icon="lock" busy={close.busy} onClick={() => void end()}>{words.close}</Button> : null}
      </div>
      <p className="hint">{words.publishHint}</p>
      <div role="status">{told === null ? null : <Notice tone="warn"><p>{told}</p></Notice>}</div>
      <FailureNotice failure={publish.failure ?? close.failure} kept="nothing" />
    </div>
  );
}
