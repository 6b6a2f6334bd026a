using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Platform.Common.V1;
using Platform.Records.V1;
using Xunit;

namespace Records.Tests.Imports;

/// <summary>Sends files as callers do.</summary>
internal static class Upload
{
    public static Task<HttpResponseMessage> SendAsync(HttpClient client, byte[] file, string query = "", string? accept = null, string plural = "machines")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/objects/{plural}:import{query}") { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("text/csv");
        if (accept is not null)
            request.Headers.Accept.ParseAdd(accept);
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>Over REST; the summary.</summary>
    public static async Task<ImportSummary> RestAsync(HttpClient client, byte[] file, string query = "")
    {
        using var response = await SendAsync(client, file, query);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return ImportSummary.Parser.ParseJson(text);
    }

    /// <summary>Over gRPC; all messages.</summary>
    public static async Task<List<ImportResponse>> GrpcAsync(ImportsService.ImportsServiceClient client, byte[] file, ImportOptions options, string plural = "machines")
    {
        const int piece = 16 * 1024;
        var token = TestContext.Current.CancellationToken;
        using var call = client.ImportRecords(cancellationToken: token);
        var reading = Task.Run(async () => await call.ResponseStream.ReadAllAsync(token).ToListAsync(token), token);
        try
        {
            await call.RequestStream.WriteAsync(new ImportRecordsRequest { Object = plural, Options = options }, token);
            for (var from = 0; from < file.Length; from += piece)
                await call.RequestStream.WriteAsync(new ImportRecordsRequest { Content = ByteString.CopyFrom(file, from, Math.Min(piece, file.Length - from)) }, token);
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
