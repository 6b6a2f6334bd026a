using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Platform.Languages;

/// <summary>Answers each request in the language that it asks for. First of all, because everything behind it may refuse.</summary>
internal sealed class LanguageMiddleware(RequestDelegate next)
{
    // Asynchronous, so that the language is that of the request and of nothing after it.
    public async Task InvokeAsync(HttpContext context)
    {
        SpokenLanguage.Speak(SpokenLanguage.Of(context.Request.Headers.AcceptLanguage));
        await next(context);
    }
}

/// <summary>Languages in the pipeline.</summary>
public static class LanguagePipeline
{
    /// <summary>What is said from here on is said in the language that the client prefers.</summary>
    public static IApplicationBuilder UseLanguages(this IApplicationBuilder app) => app.UseMiddleware<LanguageMiddleware>();
}
