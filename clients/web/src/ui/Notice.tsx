import Snackbar from '@mui/material/Snackbar';
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';

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
  const [open, setOpen] = useState(false);
  const tell = useMemo(() => (next: Message) => {
    setMessage(next);
    setOpen(true);
  }, []);
  return (
    <Notices value={tell}>
      {children}
      <Snackbar open={open} autoHideDuration={message?.bad ? 10_000 : 4_000} onClose={(_event, reason) => reason !== 'clickaway' && setOpen(false)} anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}>
        <div className={`notice${message?.bad ? ' bad' : ''}`} role={message?.bad ? 'alert' : 'status'}>
          <span>{message?.text}</span>
          {message?.action === undefined ? null : <button type="button" className="button ghost" onClick={() => { setOpen(false); message.action?.run(); }}>{message.action.label}</button>}
        </div>
      </Snackbar>
    </Notices>
  );
}
