import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { call, type Resource, type Row } from '../api/api';
import { changed } from '../api/changed';
import type { Member } from '../api/members';
import { useMembers } from '../fields/user';
import { Avatar } from '../ui/Avatar';
import { useNotice } from '../ui/Notice';
import { meantBy, mentionedIn, restOf, soughtIn, spokenName, spokenTo } from './mentions';
import { noteOf } from './timeline';

/** Writes a note; behind an @ people of the company are offered, who are told of it. */
export function NoteBox({ resource, row }: { readonly resource: Resource; readonly row: Row }) {
  const [t, tell, client, members] = [useTranslations('timeline'), useNotice(), useQueryClient(), useMembers()];
  const [body, setBody] = useState('');
  const [cursor, setCursor] = useState(0);
  const [chosen, setChosen] = useState<readonly Member[]>([]);
  const area = useRef<HTMLTextAreaElement>(null);
  const sending = useRef(false);
  const sought = soughtIn(body.slice(0, cursor));
  const offered = sought === undefined ? [] : meantBy(sought, members ?? []);
  const write = useMutation({
    mutationFn: (sent: string) => {
      const note = noteOf(resource, row, sent.trim(), mentionedIn(sent, chosen))!;
      return call('POST', note.path, { body: note.body });
    },
    onSuccess: (_note, sent) => {
      // What is written meanwhile is the next one.
      setBody((now) => restOf(now, sent));
      void client.invalidateQueries({ queryKey: ['followers', row.id] });
      void changed(client, resource.resource, row.id);
    },
    onError: (fault) => tell({ text: fault.message, bad: true }),
  });
  const choose = (member: Member) => {
    const next = spokenTo(body, cursor, member);
    setBody(next.text);
    setCursor(next.cursor);
    setChosen([...chosen, member]);
    area.current?.focus();
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (body.trim() === '' || sending.current) return;
    sending.current = true;
    write.mutate(body, { onSettled: () => (sending.current = false) });
  };
  const typed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    if (event.ctrlKey || event.metaKey) return send(event);
    if (offered[0] === undefined || sought === '') return;
    event.preventDefault();
    choose(offered[0]);
  };
  return (
    <form className="note" onSubmit={send}>
      <textarea ref={area} className="input area" rows={2} placeholder={t('notePlaceholder')} aria-label={t('notePlaceholder')} value={body}
        onChange={(event) => { setBody(event.target.value); setCursor(event.target.selectionStart); }}
        onSelect={(event) => setCursor(event.currentTarget.selectionStart)} onKeyDown={typed} />
      {offered.length === 0 ? null : (
        <ul className="mentions" aria-label={t('mention')}>
          {offered.map((member) => <li key={member.userId}><button type="button" className="button ghost" onClick={() => choose(member)}><Avatar name={spokenName(member)} round /><span>{spokenName(member)}</span></button></li>)}
        </ul>
      )}
      {body.trim() === '' ? null : <button type="submit" className="button primary" disabled={write.isPending}>{t('addNote')}</button>}
    </form>
  );
}
