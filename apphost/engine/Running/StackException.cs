namespace Platform.LocalHost.Running;

/// <summary>The application cannot run; the message says why and what helps, and needs no stack trace.</summary>
internal sealed class StackException(string message, Exception? inner = null) : Exception(message, inner);
