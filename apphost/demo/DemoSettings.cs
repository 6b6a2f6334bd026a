namespace Platform.Demo;

/// <summary>Where the stack is, and what to import.</summary>
internal sealed record DemoSettings(Uri Gateway, Uri Identity, Uri Mail, FileInfo Contacts);
