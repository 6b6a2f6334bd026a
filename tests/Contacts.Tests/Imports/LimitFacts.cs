using Grpc.Core;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Platform.Contacts.Imports;
using Platform.Contacts.V1;
using Platform.Importing;
using Platform.Importing.Reading;
using Xunit;

namespace Contacts.Tests.Imports;

public sealed class LimitFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_file_that_says_it_is_too_large_is_refused_at_once()
    {
        var context = new DefaultHttpContext { Request = { ContentType = "text/csv", ContentLength = ImportLimits.MaxBytes } };
        Assert.False(ImportRequest.Read(context.Request).IsError);
        context.Request.ContentLength++;
        Assert.Equal(("BODY_TOO_LARGE", 413), (ImportRequest.Read(context.Request).Error!.Code, ImportRequest.Read(context.Request).Error!.HttpStatus));
    }

    [Fact]
    public async Task A_stream_ends_at_the_limit()
    {
        var content = new LimitedContent((buffer, _) => ValueTask.FromResult(buffer.Length));
        var buffer = new byte[1024 * 1024];
        while (await content.ReadAsync(buffer, Token) > 0)
        {
        }

        Assert.True(content.IsExceeded);
        Assert.Equal(ImportLimits.MaxBytes, content.BytesRead);
    }

    [Fact]
    public async Task An_import_that_was_cut_off_keeps_whole_batches_and_is_completed_by_repeating_it()
    {
        var tenant = Guid.CreateVersion7();
        var file = Upload.Utf8(["Name,E-mail", .. Enumerable.Range(0, 3_000).Select(i => $"Person {i},p{i}@x.example")]);
        using (var call = contacts.Imports(tenant).ImportContacts(cancellationToken: Token))
        {
            await call.RequestStream.WriteAsync(new ImportContactsRequest { Content = ByteString.CopyFrom(file) }, Token);
            while (await call.ResponseStream.MoveNext(Token) && call.ResponseStream.Current.Progress.RowsRead < 2_000)
            {
            }
        }

        var kept = await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM people WHERE tenant_id = '{tenant}'");
        Assert.True(kept >= 1_000 && kept % ImportLimits.BatchRows == 0, $"{kept} rows were kept.");
        var again = await Upload.RestAsync(contacts.Rest(tenant), file);
        Assert.Equal((3_000L, 0L), (again.PeopleCreated + again.RowsUnchanged, again.RowsRejected));
        Assert.Equal(3_000L, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM people WHERE tenant_id = '{tenant}'"));
    }
}
