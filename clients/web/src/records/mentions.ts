import type { Member } from '../api/members';

/** What is being written of a name, at the end of what stands before the cursor; undefined where none is. */
export function soughtIn(before: string): string | undefined {
  return /(?:^|\s)@([^\s@]*)$/u.exec(before)?.[1];
}

export const spokenName = (member: Member): string => member.displayName || member.email;

/** Who may be meant by it, those first whose name begins so. */
export function meantBy(sought: string, members: readonly Member[], most = 5): readonly Member[] {
  const typed = sought.toLocaleLowerCase();
  const at = (member: Member) => spokenName(member).toLocaleLowerCase().indexOf(typed);
  return members.filter((member) => at(member) >= 0).sort((a, b) => at(a) - at(b) || spokenName(a).localeCompare(spokenName(b))).slice(0, most);
}

/** The text with the name in place of what was being written of it, and where the cursor is then. */
export function spokenTo(text: string, cursor: number, member: Member): { text: string; cursor: number } {
  const before = text.slice(0, cursor).replace(/@[^\s@]*$/u, `@${spokenName(member)} `);
  return { text: before + text.slice(cursor), cursor: before.length };
}

/** Those of the chosen whom the text still speaks to. */
export const mentionedIn = (text: string, chosen: readonly Member[]): string[] =>
  [...new Set(chosen.filter((member) => text.includes(`@${spokenName(member)}`)).map((member) => member.userId))];

/** What is left to be sent of a text when its beginning, or all of it, has been sent. */
export const restOf = (now: string, sent: string): string => (now.startsWith(sent) ? now.slice(sent.length).trimStart() : now);
