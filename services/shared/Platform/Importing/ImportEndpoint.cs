using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Platform.Access;
using Platform.Common.V1;
using Platform.Errors;
using Platform.Importing.Reading;

namespace Platform.Importing;

/// <summary>An import over REST: the file is the body, the answer the summary, or every message as a line of JSON.</summary>
public static class ImportEndpoint
{
    private const string Lines = "application/x-ndjson";
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    /// <summary>Maps the address of an import.</summary>
    public static void MapImport(this IEndpointRouteBuilder endpoints, string pattern, string permission, Delegate import) => endpoints
        .MapPost(pattern, import)
        // The import itself ends at its own, much larger, limit.
        .WithMetadata(new PermissionAttribute(permission), new DisableRequestSizeLimitAttribute());

    /// <summary>Answers with the summary, or with the file of rejected rows where that is told and the answer is not lines; or with why there is none.</summary>
    /// <param name="context">The request.</param>
    /// <param name="errorFileOf">The piece of that file that a message is; null of others.</param>
    /// <param name="import">Imports the file and tells each message.</param>
    public static async Task AnswerAsync<TMessage, TSummary>(
        HttpContext context, Func<TMessage, ImportErrorFile?> errorFileOf, Func<LimitedContent, Func<TMessage, CancellationToken, Task>, Task<Result<TSummary>>> import)
        where TMessage : IMessage
        where TSummary : class, IMessage
    {
        var lines = context.Request.GetTypedHeaders().Accept.Any(accept => accept.MediaType == Lines);
        var result = await import(new LimitedContent(context.Request.Body.ReadAsync), lines ? Write : WriteErrorFile);
        if (result.IsError)
            await FailAsync(context, result.Error);
        else if (!lines && !context.Response.HasStarted)
            await WriteTextAsync(context, "application/json", Formatter.Format(result.Value));

        Task Write(TMessage message, CancellationToken cancellationToken) => WriteTextAsync(context, Lines, Formatter.Format(message) + "\n");

        async Task WriteErrorFile(TMessage message, CancellationToken cancellationToken)
        {
            if (errorFileOf(message) is not { } piece)
                return;
            if (!context.Response.HasStarted)
                (context.Response.ContentType, context.Response.Headers.ContentDisposition) = (piece.MediaType, $"attachment; filename=errors.{(piece.MediaType.StartsWith("text/", StringComparison.Ordinal) ? "csv" : "xlsx")}");
            await context.Response.Body.WriteAsync(piece.Content.Memory, cancellationToken);
        }
    }

    // What fails behind the first line can only be the last line.
    private static Task FailAsync(HttpContext context, Error error)
    {
        context.NoteRefusal(error);
        return context.Response.HasStarted
            ? WriteTextAsync(context, Lines, System.Text.Json.JsonSerializer.Serialize(new { error = error.ToProblem() }) + "\n")
            : Problems.WriteAsync(context, error.ToProblem());
    }

    private static async Task WriteTextAsync(HttpContext context, string mediaType, string text)
    {
        if (!context.Response.HasStarted)
            context.Response.ContentType = mediaType;
        await context.Response.WriteAsync(text, Encoding.UTF8, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
