using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Platform.Contacts.V1;
using Xunit;

namespace Contacts.Tests.Imports;

/// <summary>Sends files as callers do.</summary>
internal static class Upload
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default);

    public static Task<HttpResponseMessage> SendAsync(HttpClient client, byte[] file, string query = "", string mediaType = "text/csv", string? accept = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/contacts/imports{query}") { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        if (accept is not null)
            request.Headers.Accept.ParseAdd(accept);
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>Over REST; the summary.</summary>
    public static async Task<ImportSummary> RestAsync(HttpClient client, byte[] file, string query = "", string mediaType = "text/csv")
    {
        using var response = await SendAsync(client, file, query, mediaType);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return Parser.Parse<ImportSummary>(text);
    }

    /// <summary>Over gRPC, in pieces of this size; all messages.</summary>
    public static async Task<List<ImportContactsResponse>> GrpcAsync(ImportsService.ImportsServiceClient client, byte[] file, ImportTarget target, int piece = 16 * 1024, Dictionary<string, string>? columns = null, ImportDuplicates duplicates = ImportDuplicates.Unspecified)
    {
        var token = TestContext.Current.CancellationToken;
        using var call = client.ImportContacts(cancellationToken: token);
        var reading = Task.Run(async () => await call.ResponseStream.ReadAllAsync(token).ToListAsync(token), token);
        var options = new ImportOptions { Target = target, Duplicates = duplicates };
        options.Columns.Add(columns ?? []);
        try
        {
            await call.RequestStream.WriteAsync(new ImportContactsRequest { Options = options }, token);
            for (var from = 0; from < file.Length; from += piece)
                await call.RequestStream.WriteAsync(new ImportContactsRequest { Content = ByteString.CopyFrom(file, from, Math.Min(piece, file.Length - from)) }, token);
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception refused) when (refused is RpcException or HttpRequestException or IOException or InvalidOperationException)
        {
            // A call that ended early can't be written to; why it ended is in its answer.
        }

        return await reading;
    }

    public static byte[] Utf8(params string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines));
}
