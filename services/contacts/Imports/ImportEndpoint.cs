using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Platform.Access;
using Platform.Contacts.Imports.Reading;
using Platform.Errors;

namespace Platform.Contacts.Imports;

/// <summary>The import over REST: the file is the body, the answer the summary, or every message as a line of JSON.</summary>
internal static class ImportEndpoint
{
    private const string Lines = "application/x-ndjson";
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    public static void MapImports(this IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/api/v1/contacts/imports", (Delegate)ImportAsync)
        // The import itself ends at its own, much larger, limit.
        .WithMetadata(new PermissionAttribute(Permissions.Import), new DisableRequestSizeLimitAttribute());

    private static async Task ImportAsync(HttpContext context, ImportContacts import)
    {
        var request = ImportRequest.Read(context.Request);
        if (request.IsError)
        {
            await Problems.WriteAsync(context, request.Error.ToProblem());
            return;
        }

        var lines = context.Request.GetTypedHeaders().Accept.Any(accept => accept.MediaType == Lines);
        var content = new LimitedStream(context.Request.Body.ReadAsync);
        var result = await import.Handle(content, request.Value.Options, request.Value.Encoding, lines ? Write : Discard, context.RequestAborted);
        if (result.IsError)
            await FailAsync(context, result.Error);
        else if (!lines)
            await WriteTextAsync(context, "application/json", Formatter.Format(result.Value));

        Task Write(V1.ImportContactsResponse message, CancellationToken cancellationToken) => WriteTextAsync(context, Lines, Formatter.Format(message) + "\n");
    }

    private static Task Discard(V1.ImportContactsResponse message, CancellationToken cancellationToken) => Task.CompletedTask;

    // What fails behind the first line can only be the last line.
    private static Task FailAsync(HttpContext context, Error error) => context.Response.HasStarted
        ? WriteTextAsync(context, Lines, System.Text.Json.JsonSerializer.Serialize(new { error = error.ToProblem() }) + "\n")
        : Problems.WriteAsync(context, error.ToProblem());

    private static async Task WriteTextAsync(HttpContext context, string mediaType, string text)
    {
        if (!context.Response.HasStarted)
            context.Response.ContentType = mediaType;
        await context.Response.WriteAsync(text, Encoding.UTF8, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
