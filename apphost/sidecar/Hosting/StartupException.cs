namespace Platform.Sidecar.Hosting;

/// <summary>A reason not to start that its reader can put right: printed as one line, without a stack.</summary>
internal sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
