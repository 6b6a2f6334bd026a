/** Whether pages can be made here; asked for by whoever started the server, and never from outside. */
export const GET = () => new Response('Healthy');
export const dynamic = 'force-dynamic';
