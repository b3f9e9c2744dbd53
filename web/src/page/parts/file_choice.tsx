// Where files come in: by a button, or by dropping them here.
import { useRef, useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { filesIn, inOrder } from './dropped_files.js';

interface FileChoiceProps {
  /** What is to be chosen, for who does not see it. */
  label: string;
  /** As an input takes them. */
  kinds: string;
  disabled: boolean;
  /** More than one at once, also out of a folder that is dropped. */
  several?: boolean;
  onFiles: (files: File[]) => void;
  children: (choose: () => void) => ComponentChildren;
}

export function FileChoice({ label, kinds, disabled, several = false, onFiles, children }: FileChoiceProps): JSX.Element {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = async (event: DragEvent): Promise<void> => {
    event.preventDefault();
    setOver(false);
    const data = event.dataTransfer;
    if (disabled || !data) return;
    onFiles(several ? await filesIn(data, kinds) : [...data.files].slice(0, 1));
  };
  return (
    <div
      class={over ? 'upload over' : 'upload'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => void drop(event)}
    >
      {children(() => input.current?.click())}
      <input
        ref={input}
        type="file"
        accept={kinds}
        multiple={several}
        disabled={disabled}
        class="only-read"
        tabIndex={-1}
        aria-label={label}
        onChange={(event) => {
          onFiles(inOrder([...(event.currentTarget.files ?? [])]));
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}
