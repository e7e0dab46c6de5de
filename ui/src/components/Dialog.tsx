import { X } from "lucide-react";
import { AlertDialog, Dialog as Radix } from "radix-ui";
import type { KeyboardEvent, ReactNode, RefObject } from "react";
import { returnFocus } from "./focus_place";
import { Icon } from "./Icon";

export interface DialogProps {
  title: ReactNode;
  /** An icon tile before the title. */
  tile?: ReactNode;
  onClose(): void;
  /** What Ctrl Enter does. */
  onSubmit?(): void;
  footer?: ReactNode;
  wide?: boolean;
  focus?: RefObject<HTMLElement | null>;
  testId?: string;
  children: ReactNode;
}

function giveBack(event: Event): void {
  event.preventDefault();
  returnFocus();
}

export function Dialog({ title, tile, onClose, onSubmit, footer, wide, focus, testId, children }: DialogProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && onSubmit) {
      event.preventDefault();
      onSubmit();
    }
  };
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="veil" />
        <Radix.Content
          className={`dialog ${wide ? "wide" : ""}`}
          data-testid={testId}
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
          onCloseAutoFocus={giveBack}
          onOpenAutoFocus={(event) => {
            if (focus?.current) {
              event.preventDefault();
              focus.current.focus();
            }
          }}
        >
          <div className="dialog-head">
            {tile}
            <Radix.Title className="grow">{title}</Radix.Title>
            {/* Without a tooltip: an open one would take the first Esc. */}
            <Radix.Close className="iconbtn" aria-label="Close">
              <Icon of={X} />
            </Radix.Close>
          </div>
          {children}
          {footer ? <div className="dialog-foot">{footer}</div> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface AskProps {
  title: string;
  tile?: ReactNode;
  children?: ReactNode;
  /** The sentence under the title. */
  text: ReactNode;
  hint?: ReactNode;
  action: ReactNode;
  prod?: boolean;
  onClose(): void;
}

/** Asks before something that cannot be taken back; Cancel has the focus. */
export function Ask({ title, tile, text, children, hint, action, prod, onClose }: AskProps) {
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="veil" />
        <AlertDialog.Content className={`dialog ${prod ? "prod" : ""}`} onCloseAutoFocus={giveBack}>
          <div className="dialog-body ask">
            <div className="ask-head">
              {tile}
              <div className="grow">
                <AlertDialog.Title className="ask-title">{title}</AlertDialog.Title>
                <AlertDialog.Description className="second">{text}</AlertDialog.Description>
              </div>
            </div>
            {children}
          </div>
          <div className="dialog-foot">
            <span className="grow dim ask-hint">{hint}</span>
            <AlertDialog.Cancel asChild>
              <button type="button" className="btn outlined m">
                Cancel
              </button>
            </AlertDialog.Cancel>
            {action}
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
