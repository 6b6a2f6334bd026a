using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Merging;

public sealed class MergeAccessFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly string[] All = ["contacts.read", "contacts.write"];

    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("delete", "last_name = \"Part\"")]
    [InlineData("update", "last_name = \"Stays\"")]
    public async Task Who_may_not_change_the_one_and_delete_the_others_does_not_merge(string action, string filter)
    {
        var sam = PersonWith(Deny(action, filter));
        var (stays, part) = (await CreateAsync("Stays"), await CreateAsync("Part"));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "DENIED_BY_POLICY", Merge(sam, stays, part));
        Assert.Equal((stays, part), (await GetAsync(stays.Id), await GetAsync(part.Id)));
        await Merge(contacts.People(_tenant), stays, part);
    }

    [Fact]
    public async Task What_is_invisible_is_not_merged_and_does_not_show_by_an_old_id()
    {
        var sam = PersonWith(Deny("read", "last_name = \"Secret\""));
        var (stays, secret, part) = (await CreateAsync("Stays"), await CreateAsync("Secret"), await CreateAsync("Part"));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Merge(sam, stays, secret));
        await Merge(contacts.People(_tenant), secret, part);
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", sam.GetPersonAsync(new GetPersonRequest { Id = part.Id }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", sam.UnmergePersonAsync(new UnmergePersonRequest { Id = secret.Id }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Merge(sam, stays, part));
    }

    [Fact]
    public async Task Fields_that_the_caller_may_not_change_stay_as_the_one_has_them_that_stays()
    {
        var sam = PersonWith(new AccessPolicy
        {
            Id = "hidden",
            Name = "Hidden",
            Resource = "contacts.person",
            Specificity = PolicySpecificity.Role,
            FieldRules = { new FieldRule { Path = "phone", Access = FieldAccess.Hidden }, new FieldRule { Path = "custom_fields.secret", Access = FieldAccess.ReadOnly } },
        });
        var (stays, part) = (await CreateAsync("Stays"), await CreateAsync("Part", phone: "+1 555 0100", secret: "s", jobTitle: "Buyer"));
        var choice = new MergePersonRequest { Id = stays.Id, Merged = { new MergedRecord { Id = part.Id } }, Choices = { new FieldChoice { Field = "phone", RecordId = part.Id } } };
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_WRITABLE", sam.MergePersonAsync(choice, cancellationToken: Token));
        await Merge(sam, stays, part);
        var merged = await GetAsync(stays.Id);
        Assert.Equal(("", "Buyer", 0), (merged.Phone, merged.JobTitle, merged.CustomFields.Fields.Count));
        var back = await sam.UnmergePersonAsync(new UnmergePersonRequest { Id = stays.Id }, cancellationToken: Token);
        Assert.Equal("", Assert.Single(back.Restored).Phone);
        Assert.Equal(RecordState.Of(part), RecordState.Of(await GetAsync(part.Id)));
    }

    [Fact]
    public async Task People_whom_the_caller_may_not_see_follow_their_company_all_the_same()
    {
        var companies = contacts.Companies(_tenant);
        var (stays, part) = (await companies.CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Stays" } }, cancellationToken: Token), await companies.CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = "Part" } }, cancellationToken: Token));
        var hidden = await CreateAsync("Hidden", companyId: part.Id);
        var sam = new CompaniesService.CompaniesServiceClient(InvokerOf(Deny("read", "last_name = \"Hidden\"")));
        await sam.MergeCompanyAsync(new MergeCompanyRequest { Id = stays.Id, Merged = { new MergedRecord { Id = part.Id } } }, cancellationToken: Token);
        Assert.Equal(stays.Id, (await GetAsync(hidden.Id)).CompanyId);
        Assert.Equal("Part", Assert.Single((await sam.UnmergeCompanyAsync(new UnmergeCompanyRequest { Id = stays.Id }, cancellationToken: Token)).Restored).Name);
        Assert.Equal(part.Id, (await GetAsync(hidden.Id)).CompanyId);
    }

    [Fact]
    public async Task Without_the_permission_nothing_is_done()
    {
        var (stays, part) = (await CreateAsync("Stays"), await CreateAsync("Part"));
        var reader = new PeopleService.PeopleServiceClient(contacts.GrpcFor(_tenant, "contacts.read"));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", Merge(reader, stays, part));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", reader.UnmergePersonAsync(new UnmergePersonRequest { Id = stays.Id }, cancellationToken: Token));
    }

    private static AsyncUnaryCall<MergePersonResponse> Merge(PeopleService.PeopleServiceClient people, Person stays, Person part) =>
        people.MergePersonAsync(new MergePersonRequest { Id = stays.Id, Merged = { new MergedRecord { Id = part.Id } } }, cancellationToken: Token);

    private static AccessPolicy Deny(string action, string filter) => new()
    {
        Id = action,
        Name = "Denied",
        Resource = "contacts.person",
        Specificity = PolicySpecificity.Role,
        Effect = PolicyEffect.Deny,
        Actions = { action },
        Filter = filter,
    };

    private PeopleService.PeopleServiceClient PersonWith(AccessPolicy policy) => new(InvokerOf(policy));

    private CallInvoker InvokerOf(AccessPolicy policy)
    {
        var user = Guid.CreateVersion7();
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access { UserId = $"{user}", Permissions = { All }, Policies = { policy } });
        return contacts.Grpc(TestTokens.ForPerson(_tenant, user));
    }

    private async Task<Person> CreateAsync(string name, string phone = "", string secret = "", string jobTitle = "", string companyId = "")
    {
        var person = new Person { LastName = name, Phone = phone, JobTitle = jobTitle, CompanyId = companyId };
        if (secret.Length > 0)
            person.CustomFields = new Google.Protobuf.WellKnownTypes.Struct { Fields = { ["secret"] = Google.Protobuf.WellKnownTypes.Value.ForString(secret) } };
        return await contacts.People(_tenant).CreatePersonAsync(new CreatePersonRequest { Person = person }, cancellationToken: Token);
    }

    private async Task<Person> GetAsync(string id) => await contacts.People(_tenant).GetPersonAsync(new GetPersonRequest { Id = id }, cancellationToken: Token);
}
