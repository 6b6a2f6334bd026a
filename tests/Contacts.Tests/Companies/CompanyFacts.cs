using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;
using Client = Platform.Contacts.V1.CompaniesService.CompaniesServiceClient;

namespace Contacts.Tests.Companies;

public sealed class CompanyFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly string[] All = ["contacts.read", "contacts.write"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Client Acme => new(contacts.GrpcFor(TestTenants.Acme, All));

    private Client Globex => new(contacts.GrpcFor(TestTenants.Globex, All));

    [Fact]
    public async Task A_created_company_can_be_read_and_is_announced_once()
    {
        var created = await CreateAsync(Acme);
        var read = await Acme.GetCompanyAsync(new GetCompanyRequest { Id = created.Id }, cancellationToken: Token);
        Assert.Equal(created, read);
        Assert.Equal(1L, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE aggregate_id = '{created.Id}' AND type = 'platform.contacts.v1.CompanyCreated'"));
    }

    [Fact]
    public async Task Another_tenant_sees_nothing()
    {
        var created = await CreateAsync(Acme);
        await FailsAsync(StatusCode.NotFound, () => Globex.GetCompanyAsync(new GetCompanyRequest { Id = created.Id }, cancellationToken: Token).ResponseAsync);
        await FailsAsync(StatusCode.NotFound, () => Globex.UpdateCompanyAsync(new UpdateCompanyRequest { Company = new Company { Id = created.Id, Name = "Taken over" } }, cancellationToken: Token).ResponseAsync);
        await FailsAsync(StatusCode.NotFound, () => Globex.DeleteCompanyAsync(new DeleteCompanyRequest { Id = created.Id }, cancellationToken: Token).ResponseAsync);
        var list = await Globex.ListCompaniesAsync(new ListCompaniesRequest { Query = created.Name }, cancellationToken: Token);
        Assert.Empty(list.Companies);
    }

    [Fact]
    public async Task A_stale_etag_changes_nothing()
    {
        var created = await CreateAsync(Acme);
        var change = new UpdateCompanyRequest { Company = new Company { Id = created.Id, Etag = created.Etag, Phone = "+49 30 1234" }, UpdateMask = new FieldMask { Paths = { "phone" } } };
        var updated = await Acme.UpdateCompanyAsync(change, cancellationToken: Token);
        Assert.Equal(("+49 30 1234", created.Name), (updated.Phone, updated.Name));
        Assert.NotEqual(created.Etag, updated.Etag);
        await FailsAsync(StatusCode.Aborted, () => Acme.UpdateCompanyAsync(change, cancellationToken: Token).ResponseAsync);
    }

    [Fact]
    public async Task A_name_is_taken_once_without_regard_to_case()
    {
        var created = await CreateAsync(Acme);
        await FailsAsync(StatusCode.AlreadyExists, () => CreateAsync(Acme, created.Name.ToUpperInvariant()));
        Assert.NotEqual(created.Id, (await CreateAsync(Globex, created.Name)).Id);
    }

    [Fact]
    public async Task Pages_hold_every_row_once()
    {
        var tenant = new Client(contacts.GrpcFor(Guid.CreateVersion7(), All));
        var created = new List<string>();
        for (var i = 0; i < 5; i++)
            created.Add((await CreateAsync(tenant)).Id);
        var seen = new List<string>();
        for (var token = ""; ;)
        {
            var page = await tenant.ListCompaniesAsync(new ListCompaniesRequest { PageSize = 2, PageToken = token }, cancellationToken: Token);
            seen.AddRange(page.Companies.Select(company => company.Id));
            if ((token = page.NextPageToken).Length == 0)
                break;
        }

        Assert.Equal(Enumerable.Reverse(created), seen);
    }

    [Fact]
    public async Task A_repeated_call_with_the_same_key_happens_once()
    {
        var token = TestTokens.ForPerson(TestTenants.Acme, Guid.CreateVersion7(), All);
        var client = new Client(contacts.Grpc(token, ("idempotency-key", $"{Guid.NewGuid()}")));
        var name = $"Company {Guid.NewGuid()}";
        var first = await CreateAsync(client, name);
        Assert.Equal(first, await CreateAsync(client, name));
        await FailsAsync(StatusCode.InvalidArgument, () => CreateAsync(client, "Another payload"));
    }

    [Theory]
    [InlineData("""{"name":""", HttpStatusCode.BadRequest, "MALFORMED_JSON")]
    [InlineData("""{"name":"A","colour":"red"}""", HttpStatusCode.BadRequest, "INVALID_ARGUMENT")]
    [InlineData("""{"name":5}""", HttpStatusCode.BadRequest, "INVALID_ARGUMENT")]
    [InlineData("""{"name":""}""", HttpStatusCode.BadRequest, "INVALID_ARGUMENT")]
    [InlineData("""{"name":"A","email":"nobody"}""", HttpStatusCode.BadRequest, "INVALID_ARGUMENT")]
    public async Task Bad_input_is_a_typed_problem(string body, HttpStatusCode status, string code)
    {
        using var client = contacts.RestFor(TestTenants.Acme, All);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/api/v1/contacts/companies", UriKind.Relative), content, Token);
        await IsProblemAsync(response, status, code);
    }

    [Fact]
    public async Task Without_a_token_or_a_permission_nothing_is_done()
    {
        using var nobody = contacts.Rest(null);
        await IsProblemAsync(await nobody.GetAsync(new Uri("/api/v1/contacts/companies", UriKind.Relative), Token), HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
        using var reader = contacts.RestFor(TestTenants.Acme, "contacts.read");
        await IsProblemAsync(await reader.PostAsJsonAsync("/api/v1/contacts/companies", new { name = "A" }, Token), HttpStatusCode.Forbidden, "PERMISSION_DENIED");
        await FailsAsync(StatusCode.PermissionDenied, () => CreateAsync(new Client(contacts.GrpcFor(TestTenants.Acme, "contacts.read"))));
        using var expired = contacts.Rest(TestTokens.Create(new() { ["sub"] = "x" }, expires: DateTime.UtcNow.AddMinutes(-1)));
        await IsProblemAsync(await expired.GetAsync(new Uri("/api/v1/contacts/companies", UriKind.Relative), Token), HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
        using var otherRealm = contacts.Rest(TestTokens.Create(new() { ["sub"] = "x" }, issuer: "http://identity.test/realms/other"));
        await IsProblemAsync(await otherRealm.GetAsync(new Uri("/api/v1/contacts/companies", UriKind.Relative), Token), HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
    }

    private static async Task<Company> CreateAsync(Client client, string? name = null) =>
        await client.CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = name ?? $"Company {Guid.NewGuid()}" } }, cancellationToken: Token);

    private static async Task FailsAsync(StatusCode status, Func<Task> call) => Assert.Equal(status, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);

    private static async Task IsProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(status == response.StatusCode, text);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, JsonDocument.Parse(text).RootElement.GetProperty("code").GetString());
    }
}
