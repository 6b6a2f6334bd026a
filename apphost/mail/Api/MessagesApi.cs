using Microsoft.AspNetCore.Http.HttpResults;
using MimeKit;
using Platform.MailCatcher.Inbox;

namespace Platform.MailCatcher.Api;

/// <summary>The inbox for programs.</summary>
internal static class MessagesApi
{
    private const int DefaultLimit = 200;

    public static void MapMessages(this WebApplication app)
    {
        var messages = app.MapGroup("/api/v1/messages");
        messages.MapGet("", List);
        messages.MapDelete("", Delete);
        messages.MapGet("/changes", WaitForChangeAsync);
        messages.MapGet("/{id:guid}", GetAsync);
        messages.MapDelete("/{id:guid}", DeleteOne);
        messages.MapGet("/{id:guid}/source", Source);
        messages.MapGet("/{id:guid}/html", HtmlAsync);
        messages.MapGet("/{id:guid}/attachments/{index:int}", AttachmentAsync);
    }

    /// <summary>Newest first. Each condition is a part of the value, upper and lower case alike.</summary>
    private static MessageList List([AsParameters] MessageFilter filter, MailStore store, int? limit)
    {
        var found = store.Messages.FindAll(filter.Matches);
        return new MessageList([.. found.Take(Math.Max(0, limit ?? DefaultLimit))], found.Count);
    }

    private static Deleted Delete([AsParameters] MessageFilter filter, MailStore store) => new(store.Delete(filter.Matches));

    private static Results<NoContent, NotFound> DeleteOne(Guid id, MailStore store) =>
        store.Delete(message => message.Id == id) > 0 ? TypedResults.NoContent() : TypedResults.NotFound();

    /// <summary>Answers when something has changed, or after half a minute.</summary>
    private static async Task<NoContent> WaitForChangeAsync(MailStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        await Task.WhenAny(store.Changed, Task.Delay(TimeSpan.FromSeconds(30), time, cancellationToken));
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<MessageDetails>, NotFound>> GetAsync(Guid id, MailStore store, CancellationToken cancellationToken)
    {
        using var message = await store.ReadAsync(id, cancellationToken);
        if (message is null || store.Find(id) is not { } summary)
            return TypedResults.NotFound();
        MessageHeader[] headers = [.. message.Headers.Select(header => new MessageHeader(header.Field, header.Value))];
        MessageFile[] files = [.. MessageReader.FilesOf(message).Select(FileOf)];
        return TypedResults.Ok(new MessageDetails(summary, MessageReader.TextOf(message), message.HtmlBody, headers, files));
    }

    private static Results<FileStreamHttpResult, NotFound> Source(Guid id, MailStore store) =>
        store.Open(id) is { } file ? TypedResults.File(file, "text/plain; charset=utf-8") : TypedResults.NotFound();

    /// <summary>The HTML body for a sandboxed frame: no script, nothing fetched from outside.</summary>
    private static async Task<Results<ContentHttpResult, NotFound>> HtmlAsync(Guid id, MailStore store, HttpContext context, CancellationToken cancellationToken)
    {
        using var message = await store.ReadAsync(id, cancellationToken);
        if (message?.HtmlBody is not { } html)
            return TypedResults.NotFound();
        context.Response.Headers.ContentSecurityPolicy = "sandbox allow-popups; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'";
        return TypedResults.Content(InlinePictures(html, id, message), "text/html; charset=utf-8");
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> AttachmentAsync(
        Guid id, int index, MailStore store, HttpContext context, CancellationToken cancellationToken)
    {
        using var message = await store.ReadAsync(id, cancellationToken);
        if (message is null || MessageReader.FilesOf(message).ElementAtOrDefault(index) is not { } part)
            return TypedResults.NotFound();
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        var name = part.ContentId is not null && !part.IsAttachment ? null : NameOf(part);
        return TypedResults.File(ContentOf(part), part.ContentType.MimeType, name);
    }

    private static string InlinePictures(string html, Guid id, MimeMessage message)
    {
        var files = MessageReader.FilesOf(message);
        for (var i = 0; i < files.Count; i++)
        {
            if (files[i].ContentId is { Length: > 0 } contentId)
                html = html.Replace($"cid:{contentId}", $"/api/v1/messages/{id}/attachments/{i}", StringComparison.OrdinalIgnoreCase);
        }

        return html;
    }

    private static MessageFile FileOf(MimeEntity part, int index) => new(index, NameOf(part), part.ContentType.MimeType, ContentOf(part).Length);

    private static string NameOf(MimeEntity part) =>
        part.ContentDisposition?.FileName ?? part.ContentType.Name ?? (part is MessagePart ? "message.eml" : "attachment");

    private static byte[] ContentOf(MimeEntity part)
    {
        using var content = new MemoryStream();
        if (part is MimePart file)
            file.Content?.DecodeTo(content);
        else
            part.WriteTo(content, contentOnly: true);
        return content.ToArray();
    }
}
