/** The name of the browser's tab; React puts it into the head of the page. */
export const Title = ({ children }: { readonly children: string }) => <title>{`${children} · Platform`}</title>;
