// What became of typed text, in words beside the title (ux C2.12). Said once per change, never a moving thing.
import { useText } from '../language/text.tsx';
import { Icon, type IconName } from './icon.tsx';

export type SaveStateName = 'empty' | 'saving' | 'saved' | 'kept' | 'offline' | 'conflict';

const icons: { readonly [S in SaveStateName]: IconName } = { empty: 'pencil', saving: 'waiting', saved: 'check', kept: 'check', offline: 'alert', conflict: 'alert' };

export function SaveState({ state }: { readonly state: SaveStateName }) {
  const text = useText();
  return (
    <span className={`save-state save-${state}`} role="status">
      <Icon name={icons[state]} size={16} />
      {text.kit.saveState[state]}
    </span>
  );
}
