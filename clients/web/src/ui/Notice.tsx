import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';

interface Message {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  readonly bad?: boolean;
}

const Notices = createContext<(message: Message) => void>(() => undefined);

/** Says something at the edge of the screen, for a few seconds. */
export const useNotice = () => useContext(Notices);

export function NoticeProvider({ children }: { readonly children: ReactNode }) {
  const [message, setMessage] = useState<Message>();
  return (
    <Notices value={setMessage}>
      {children}
      {message === undefined ? null : <Notice message={message} onClose={() => setMessage(undefined)} />}
    </Notices>
  );
}

/** It goes by itself, but not from under a hand or the focus; Escape sends it away. */
function Notice({ message, onClose }: { readonly message: Message; readonly onClose: () => void }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(onClose, message.bad ? 10_000 : 4_000);
    const press = (event: KeyboardEvent) => event.key === 'Escape' && onClose();
    addEventListener('keydown', press);
    return () => {
      clearTimeout(timer);
      removeEventListener('keydown', press);
    };
    // Each message has a time of its own.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [message, held]);
  return (
    <div className="notice-place">
      <div className={`notice${message.bad ? ' bad' : ''}`} role={message.bad ? 'alert' : 'status'} onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
        <span>{message.text}</span>
        {message.action === undefined ? null : <button type="button" className="button ghost" onClick={() => { onClose(); message.action?.run(); }}>{message.action.label}</button>}
      </div>
    </div>
  );
}
