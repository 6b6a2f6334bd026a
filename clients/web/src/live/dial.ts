import type { Dial } from './connection';

/** The library comes when the page stands: nothing of the first picture waits for it. */
export const dial: Dial = async () => {
  const { HttpTransportType, HubConnectionBuilder, LogLevel } = await import('@microsoft/signalr');
  return new HubConnectionBuilder()
    .withUrl('/hubs/live', { skipNegotiation: true, transport: HttpTransportType.WebSockets })
    // What goes wrong is shown to the person, and mended here.
    .configureLogging(LogLevel.None)
    .build();
};

/** Whether this browser has a session; while nobody answers, yes. */
export async function isSignedIn(): Promise<boolean> {
  try {
    return (await fetch('/bff/user')).status !== 401;
  } catch {
    return true;
  }
}
