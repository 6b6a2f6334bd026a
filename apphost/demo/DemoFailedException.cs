namespace Platform.Demo;

/// <summary>A step that did not do what it should; the message says what was seen.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);
