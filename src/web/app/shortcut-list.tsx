// The list of keys, by 「?」.
import { useText } from '../language/text.tsx';
import { Dialog } from '../ui/dialog.tsx';

export function ShortcutList({ onClose }: { readonly onClose: () => void }) {
  const { shortcuts } = useText().shell;
  const rows: readonly (readonly [string, string])[] = [
    ['Ctrl K', shortcuts.palette], ['?', shortcuts.list], ['N', shortcuts.newEntry], ['Ctrl Enter', shortcuts.saveNext], ['Esc', shortcuts.closeAny], ['F8', shortcuts.toasts], ['← ↑ → ↓', shortcuts.cells], ['Enter', shortcuts.openCell], ['J K A R', shortcuts.review],
  ];
  return (
    <Dialog title={shortcuts.title} onClose={onClose}>
      <dl className="facts">
        {rows.map(([keys, words]) => (
          <div key={keys} className="facts-pair"><dt><kbd>{keys}</kbd></dt><dd>{words}</dd></div>
        ))}
      </dl>
      <p className="hint">{shortcuts.fields}</p>
    </Dialog>
  );
}
