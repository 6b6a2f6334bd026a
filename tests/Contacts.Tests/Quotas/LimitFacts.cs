using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Errors;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Quotas;

/// <summary>A company has no more rows than its plan allows, whoever writes them.</summary>
public sealed class LimitFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();
    private int _set;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Beyond_the_limit_nothing_is_made_until_there_is_room_again()
    {
        var first = await CreateAsync();
        await LimitAsync(("contacts.person", 2));
        await CreateAsync();
        var refused = await Assert.ThrowsAsync<RpcException>(CreateAsync);
        Assert.Equal((StatusCode.ResourceExhausted, "ROW_LIMIT"), (refused.StatusCode, refused.ToProblem().Extensions["code"]));
        Assert.StartsWith("Your company may have 2 records of 'contacts.person' and would have 3: delete some", refused.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(2, await RowsAsync("people"));
        Assert.Equal(2, await CreationsAsync());

        // What is there can be changed, other kinds are not concerned, nor are other companies.
        await contacts.People(_tenant).UpdatePersonAsync(new UpdatePersonRequest { Person = new Person { Id = first.Id, Phone = "+1 555 0100" } }, cancellationToken: Token);
        await contacts.Companies(_tenant).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Umbrella" } }, cancellationToken: Token);
        await contacts.People(Guid.CreateVersion7()).CreatePersonAsync(Somebody(), cancellationToken: Token);

        await contacts.People(_tenant).DeletePersonAsync(new DeletePersonRequest { Id = first.Id }, cancellationToken: Token);
        await CreateAsync();
        await Assert.ThrowsAsync<RpcException>(CreateAsync);
        await LimitAsync();
        await CreateAsync();
    }

    [Fact]
    public async Task Many_at_a_time_get_exactly_what_there_is_room_for()
    {
        await CreateAsync();
        await LimitAsync(("contacts.person", 10));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 25).Select(async _ =>
        {
            try
            {
                await CreateAsync();
                return true;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.ResourceExhausted)
            {
                return false;
            }
        }));
        Assert.Equal(9, outcomes.Count(isMade => isMade));
        Assert.Equal(10, await RowsAsync("people"));
    }

    [Fact]
    public async Task A_module_has_a_limit_of_all_its_rows_and_rest_says_it_is_reached()
    {
        await LimitAsync(("contacts", 2), ("deals", 1));
        await CreateAsync();
        await contacts.Companies(_tenant).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Hooli" } }, cancellationToken: Token);
        using var rest = contacts.Rest(_tenant);
        rest.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        using var refused = await rest.PostAsJsonAsync("/api/v1/contacts/leads", new { lastName = "Hendricks" }, Token);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("ROW_LIMIT", (await refused.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("code").GetString());
        // The refusal is not kept for the key.
        await LimitAsync(("contacts", 3));
        using var made = await rest.PostAsJsonAsync("/api/v1/contacts/leads", new { lastName = "Hendricks" }, Token);
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
    }

    [Fact]
    public async Task An_older_word_of_the_limits_changes_nothing()
    {
        await LimitAsync(("contacts.person", 1));
        await CreateAsync();
        await DeliverAsync(TimeProvider.System.GetUtcNow().AddDays(-1), ("contacts.person", 5));
        await DeliverAsync(TimeProvider.System.GetUtcNow().AddDays(-1));
        await Assert.ThrowsAsync<RpcException>(CreateAsync);
    }

    [Fact]
    public async Task An_import_that_crosses_the_limit_names_each_row_and_leaves_nothing_half_written()
    {
        await LimitAsync(("contacts", 6));
        var file = "first name,last name,email,company\n" + string.Concat(Enumerable.Range(1, 5).Select(row => $"Peter,Row {row},row{row}@initech.example,Company {row}\n"))
            + "Milton,Again,row1@initech.example,Company 1\n";
        using var rest = contacts.Rest(_tenant);
        using var content = new StringContent(file, Encoding.UTF8, "text/csv");
        using var response = await rest.PostAsync(new Uri("/api/v1/contacts/imports", UriKind.Relative), content, Token);
        var summary = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("3 3 2", $"{summary.GetProperty("peopleCreated").GetString()} {summary.GetProperty("companiesCreated").GetString()} {summary.GetProperty("rowsRejected").GetString()}");
        Assert.Equal(["5 ROW_LIMIT", "6 ROW_LIMIT"], summary.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("line").GetString()} {error.GetProperty("code").GetString()}"));
        Assert.Equal((3, 3), (await RowsAsync("people"), await RowsAsync("companies")));
        Assert.Equal(6, await CreationsAsync());
    }

    [Fact]
    public async Task Storage_is_measured_and_then_held_to_its_limit()
    {
        await LimitAsync(("contacts.storage", 100));
        await CreateAsync();
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                await CreateAsync();
                return false;
            }
            catch (RpcException exception)
            {
                return Equals(exception.ToProblem().Extensions["code"], "STORAGE_LIMIT");
            }
        });
    }

    [Fact]
    public async Task What_there_is_can_be_read_by_administrators()
    {
        await CreateAsync();
        await contacts.Companies(_tenant).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Pied Piper" } }, cancellationToken: Token);
        var usage = await new UsageService.UsageServiceClient(contacts.GrpcFor(_tenant, "tenants.admin")).ReadUsageAsync(new ReadUsageRequest(), cancellationToken: Token);
        Assert.Equal(["contacts.activity 0", "contacts.company 1", "contacts.lead 0", "contacts.person 1", "contacts.relation 0", "contacts 2"], usage.Resources.SkipLast(1).Select(used => $"{used.Resource} {used.Used}"));
        Assert.True(usage.Resources[^1] is { Resource: "contacts.storage", Used: > 500 });
        var denied = await Assert.ThrowsAsync<RpcException>(() => new UsageService.UsageServiceClient(contacts.GrpcFor(_tenant, "contacts.read")).ReadUsageAsync(new ReadUsageRequest(), cancellationToken: Token).ResponseAsync);
        Assert.Equal(StatusCode.PermissionDenied, denied.StatusCode);
    }

    private static CreatePersonRequest Somebody() => new() { Person = new Person { LastName = "Somebody", Email = $"{Guid.NewGuid():N}@initech.example" } };

    private async Task<Person> CreateAsync() => await contacts.People(_tenant).CreatePersonAsync(Somebody(), cancellationToken: Token);

    private Task<long> RowsAsync(string table) => contacts.Database.QueryAsync<long>($"SELECT count(*) FROM {table} WHERE tenant_id = '{_tenant}'");

    private Task<long> CreationsAsync() =>
        contacts.Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE tenant_id = '{_tenant}' AND type LIKE 'platform.contacts.%Created'");

    private Task LimitAsync(params (string Resource, long Most)[] limits) => DeliverAsync(TimeProvider.System.GetUtcNow().AddSeconds(_set++), limits);

    private async Task DeliverAsync(DateTimeOffset setTime, params (string Resource, long Most)[] limits)
    {
        var message = new TenantLimitsChanged { Limits = new Limits(), SetTime = setTime.ToTimestamp() };
        foreach (var (resource, most) in limits)
            message.Limits.Resources.Add(resource, most);
        Assert.Equal("SUCCESS", await contacts.DeliverAsync(_tenant, message));
    }
}
