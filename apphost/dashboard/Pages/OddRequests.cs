using Microsoft.AspNetCore.Http;

namespace Platform.Dashboard.Pages;

/// <summary>A request that cannot be read is answered with a sentence that says why.</summary>
internal static class OddRequests
{
    public static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException failure) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = failure.StatusCode;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(failure.Message, context.RequestAborted);
        }
    }
}
