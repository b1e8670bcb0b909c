// Where one is on the way from a file to the ledger.
import { useImportsText } from '../../language/imports.ts';

export type StepName = 'start' | 'columns' | 'check' | 'apply';
const stepNames: readonly StepName[] = ['start', 'columns', 'check', 'apply'];

export function StepLine({ step }: { readonly step: StepName }) {
  const words = useImportsText();
  return (
    <ol className="import-steps" aria-label={words.stepsLabel}>
      {stepNames.map((name) => <li key={name} {...(name === step ? { 'aria-current': 'step' as const } : {})}>{words.steps[name]}</li>)}
    </ol>
  );
}
