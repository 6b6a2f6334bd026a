namespace Platform.Gateway.Limits;

/// <summary>Routes that people see in a browser have this as metadata: who asks too often reads a page, and not a problem document.</summary>
/// <param name="WriteAsync">Writes the page, with its status.</param>
internal sealed record RefusalPage(Func<HttpContext, Task> WriteAsync);
