namespace Platform.Identity;

/// <summary>The settings do not let the process start; the message tells its owner what to change.</summary>
internal sealed class StartupException(string message, Exception? innerException = null) : Exception(message, innerException);
