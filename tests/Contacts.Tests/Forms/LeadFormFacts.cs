using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using Platform.Contacts.Forms.Intake;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests.Forms;

/// <summary>Forms of a company, and who fills them in without an account.</summary>
public sealed class LeadFormFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Site => $"acme-{_tenant}";

    private LeadFormsService.LeadFormsServiceClient Us => new(contacts.GrpcFor(_tenant, "contacts.read", "contacts.write", "contacts.import"));

    [Fact]
    public async Task What_is_sent_becomes_a_lead_with_its_source_and_what_was_agreed_to()
    {
        var form = await CreateAsync();
        Assert.Equal($"/forms/{Site}/contact", form.Path);
        using var open = await ReadAsync("/api/v1/contacts:openForm");
        Assert.Equal(["first_name", "email", "custom_fields.budget", "custom_fields.topic"], open.RootElement.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("path").GetString()));
        Assert.Equal("Which topic?", open.RootElement.GetProperty("fields")[3].GetProperty("label").GetString());
        Assert.DoesNotContain(_tenant.ToString(), open.RootElement.GetRawText().Replace(Site, "", StringComparison.Ordinal), StringComparison.Ordinal);
        var (status, answer) = await SendAsync(await StampAsync(form.Id, FormStamp.Least), new() { ["first_name"] = "Ada", ["email"] = "ada@mail.example", ["custom_fields.budget"] = "5000", ["custom_fields.topic"] = "machines", ["owner_id"] = $"{_tenant}", ["source"] = "other" }, ["privacy"]);
        Assert.Equal((HttpStatusCode.OK, "We call you."), (status, answer.GetProperty("thanks").GetString()));
        var lead = Assert.Single((await contacts.Leads(_tenant).ListLeadsAsync(new ListLeadsRequest(), cancellationToken: Token)).Leads);
        Assert.Equal(("Ada", "ada@mail.example", "fair", 5000d, ""), (lead.FirstName, lead.Email, lead.Source, lead.CustomFields.Fields["budget"].NumberValue, lead.OwnerId));
        var entries = (await contacts.Activities(_tenant).ListActivitiesAsync(new ListActivitiesRequest { LeadId = lead.Id }, cancellationToken: Token)).Activities;
        Assert.Contains(entries, entry => entry.Subject == "Sent by the form 'Talk to us'" && entry.Body == "privacy: You may keep what I send.");
        Assert.Equal([("privacy", ConsentState.Given, "form contact")], lead.Consents.Select(consent => (consent.Purpose, consent.State, consent.Source)));
    }

    [Fact]
    public async Task What_is_wrong_is_told_at_its_field_and_nothing_is_kept()
    {
        var form = await CreateAsync();
        var stamp = await StampAsync(form.Id, FormStamp.Least);
        Assert.Equal(["consents.privacy", "values.email", "values.first_name"], await FaultsAsync(stamp, new(), []));
        Assert.Equal(["values.email"], await FaultsAsync(stamp, new() { ["first_name"] = "Ada", ["email"] = "ada" }, ["privacy"]));
        Assert.Equal(["values.custom_fields.budget"], await FaultsAsync(stamp, new() { ["first_name"] = "Ada", ["email"] = "a@mail.example", ["custom_fields.budget"] = "much" }, ["privacy"]));
        Assert.Equal(["values.custom_fields.topic"], await FaultsAsync(stamp, new() { ["first_name"] = "Ada", ["email"] = "a@mail.example", ["custom_fields.topic"] = "none" }, ["privacy"]));
        Assert.Empty((await contacts.Leads(_tenant).ListLeadsAsync(new ListLeadsRequest(), cancellationToken: Token)).Leads);
    }

    [Fact]
    public async Task Machines_that_fill_in_everything_or_at_once_make_no_leads()
    {
        var form = await CreateAsync();
        Dictionary<string, string> good = new() { ["first_name"] = "Ada", ["email"] = "a@mail.example" };
        var (quick, refused) = await SendAsync(await StampAsync(form.Id, TimeSpan.FromSeconds(1)), good, ["privacy"]);
        Assert.Equal((HttpStatusCode.BadRequest, "FORM_TOO_QUICK"), (quick, refused.GetProperty("code").GetString()));
        foreach (var stamp in (string[])["", "x", await StampAsync(form.Id, FormStamp.Most + TimeSpan.FromMinutes(1)), FormStamp.Create(new byte[32], TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(1))])
            Assert.Equal("FORM_EXPIRED", (await SendAsync(stamp, good, ["privacy"])).Answer.GetProperty("code").GetString());
        var (fooled, thanks) = await SendAsync(await StampAsync(form.Id, FormStamp.Least), good, ["privacy"], website: "https://spam.example");
        Assert.Equal((HttpStatusCode.OK, "We call you."), (fooled, thanks.GetProperty("thanks").GetString()));
        Assert.Empty((await contacts.Leads(_tenant).ListLeadsAsync(new ListLeadsRequest(), cancellationToken: Token)).Leads);
    }

    [Fact]
    public async Task What_is_sent_twice_is_one_lead_and_whoever_sends_it_is_thanked_both_times()
    {
        var form = await CreateAsync();
        var stamp = await StampAsync(form.Id, FormStamp.Least);
        Dictionary<string, string> ada = new() { ["first_name"] = "Ada", ["email"] = "ada@mail.example" };
        var twice = await Task.WhenAll(SendAsync(stamp, ada, ["privacy"]), SendAsync(stamp, ada, ["privacy"]));
        Assert.All(twice, sent => Assert.Equal((HttpStatusCode.OK, "We call you."), (sent.Status, sent.Answer.GetProperty("thanks").GetString())));
        // What the form does not ask for makes no difference.
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(stamp, new(ada) { ["phone"] = "+49 30 1" }, ["privacy"])).Status);
        Assert.Single((await contacts.Leads(_tenant).ListLeadsAsync(new ListLeadsRequest(), cancellationToken: Token)).Leads);
        // Other answers are somebody else's, and so is the same form opened again.
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(stamp, new(ada) { ["first_name"] = "Bob" }, ["privacy"])).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(await StampAsync(form.Id, FormStamp.Least + TimeSpan.FromMinutes(1)), ada, ["privacy"])).Status);
        Assert.Equal(3, (await contacts.Leads(_tenant).ListLeadsAsync(new ListLeadsRequest(), cancellationToken: Token)).Leads.Count);
    }

    [Fact]
    public async Task Nobody_learns_by_a_form_which_values_of_a_unique_field_are_there()
    {
        var form = await CreateAsync();
        var topic = new Field { Resource = "contacts.lead", Key = "topic", Label = "Topic", Type = FieldType.Text, Unique = true };
        var version = contacts.Fields.Set(_tenant, new Field { Resource = "contacts.lead", Key = "budget", Label = "Budget", Type = FieldType.Number }, topic);
        await contacts.DeliverAsync(_tenant, new FieldsChanged { Version = version, Field = topic });
        var asked = Form();
        asked.Slug = "other";
        var refusal = await Assert.ThrowsAsync<RpcException>(() => Us.CreateLeadFormAsync(new CreateLeadFormRequest { LeadForm = asked }, cancellationToken: Token).ResponseAsync);
        var fault = Assert.Single(refusal.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations);
        Assert.Equal(("leadForm.fields[3].path", true), (fault.Field, fault.Description.Contains("unique", StringComparison.Ordinal)));
        // One that asked for it before it was unique leaves it out.
        using var open = await ReadAsync("/api/v1/contacts:openForm");
        Assert.Equal(["first_name", "email", "custom_fields.budget"], open.RootElement.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("path").GetString()));
        for (var age = 1; age <= 2; age++)
            Assert.Equal(HttpStatusCode.OK, (await SendAsync(await StampAsync(form.Id, TimeSpan.FromMinutes(age)), new() { ["first_name"] = "Ada", ["email"] = "a@mail.example", ["custom_fields.topic"] = "x" }, ["privacy"])).Status);
        Assert.All((await contacts.Leads(_tenant).ListLeadsAsync(new ListLeadsRequest(), cancellationToken: Token)).Leads, lead => Assert.False(lead.CustomFields.Fields.ContainsKey("topic")));
    }

    [Fact]
    public async Task The_key_by_which_stamps_are_known_is_not_in_the_log()
    {
        var form = await CreateAsync();
        var entry = Assert.Single(await contacts.GrpcFor(_tenant, AuditHistory.Permission).HistoryAsync("contacts.lead_form", form.Id));
        Assert.Equal("***", entry.After.Fields["stampKey"].StringValue);
    }

    [Fact]
    public async Task A_form_that_is_closed_deleted_or_of_a_suspended_company_is_no_page()
    {
        var form = await CreateAsync();
        Stand(open: true);
        await Us.UpdateLeadFormAsync(new UpdateLeadFormRequest { LeadForm = new LeadForm { Id = form.Id, Open = false }, UpdateMask = new() { Paths = { "open" } } }, cancellationToken: Token);
        Assert.Equal("PAGE_UNKNOWN", await RefusalAsync(Site, "contact"));
        await Us.UpdateLeadFormAsync(new UpdateLeadFormRequest { LeadForm = new LeadForm { Id = form.Id, Open = true }, UpdateMask = new() { Paths = { "open" } } }, cancellationToken: Token);
        Assert.Equal("", await RefusalAsync(Site, "contact"));
        Stand(open: false);
        Assert.Equal("PAGE_UNKNOWN", await RefusalAsync(Site, "contact"));
        Stand(open: true);
        Assert.Equal("PAGE_UNKNOWN", await RefusalAsync("nobody", "contact"));
        await Us.DeleteLeadFormAsync(new DeleteLeadFormRequest { Id = form.Id }, cancellationToken: Token);
        Assert.Equal("PAGE_UNKNOWN", await RefusalAsync(Site, "contact"));

        void Stand(bool open) => contacts.Sites.Companies[$"{_tenant}"] =
            new Tenant { Slug = Site, DisplayName = "Acme", State = open ? TenantState.Active : TenantState.Suspended, Modules = { "contacts" } };
    }

    [Fact]
    public async Task A_form_asks_for_fields_of_leads_alone_and_has_an_address_of_its_own()
    {
        await CreateAsync();
        await Expect.FailsAsync(StatusCode.AlreadyExists, "FORM_EXISTS", Us.CreateLeadFormAsync(new CreateLeadFormRequest { LeadForm = Form() }, cancellationToken: Token));
        var other = Form();
        (other.Slug, other.Fields[1].Path) = ("other", "owner_id");
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Us.CreateLeadFormAsync(new CreateLeadFormRequest { LeadForm = other }, cancellationToken: Token));
        var theirs = new LeadFormsService.LeadFormsServiceClient(contacts.GrpcFor(Guid.CreateVersion7(), "contacts.read"));
        Assert.Empty((await theirs.ListLeadFormsAsync(new ListLeadFormsRequest(), cancellationToken: Token)).LeadForms);
    }

    private async Task<LeadForm> CreateAsync()
    {
        contacts.Fields.Set(
            _tenant,
            new Field { Resource = "contacts.lead", Key = "budget", Label = "Budget", Type = FieldType.Number },
            new Field { Resource = "contacts.lead", Key = "topic", Label = "Topic", Type = FieldType.SingleChoice, Choices = { new Choice { Key = "machines", Label = "Machines" } } });
        return await Us.CreateLeadFormAsync(new CreateLeadFormRequest { LeadForm = Form() }, cancellationToken: Token);
    }

    private static LeadForm Form() => new()
    {
        Slug = "contact",
        Title = "Talk to us",
        Thanks = "We call you.",
        Source = "fair",
        Open = true,
        Fields =
        {
            new LeadFormField { Path = "first_name", Required = true }, new LeadFormField { Path = "email", Required = true },
            new LeadFormField { Path = "custom_fields.budget" }, new LeadFormField { Path = "custom_fields.topic", Label = "Which topic?" },
        },
        Consents = { new LeadFormConsent { Key = "privacy", Text = "You may keep what I send.", Required = true }, new LeadFormConsent { Key = "news", Text = "Write to me." } },
    };

    private async Task<string> StampAsync(string form, TimeSpan age) =>
        FormStamp.Create(await contacts.Database.QueryAsync<byte[]>($"SELECT stamp_key FROM lead_forms WHERE id = '{form}'"), TimeProvider.System.GetUtcNow() - age);

    private async Task<JsonDocument> ReadAsync(string path)
    {
        using var anybody = contacts.Rest((string?)null);
        return JsonDocument.Parse(await anybody.GetStringAsync(new Uri($"{path}?site={Site}&form=contact", UriKind.Relative), Token));
    }

    private async Task<string> RefusalAsync(string site, string form)
    {
        using var anybody = contacts.Rest((string?)null);
        using var answer = await anybody.GetAsync(new Uri($"/api/v1/contacts:openForm?site={site}&form={form}", UriKind.Relative), Token);
        if (answer.IsSuccessStatusCode)
            return "";
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return problem.RootElement.GetProperty("code").GetString()!;
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(string stamp, Dictionary<string, string> values, string[] consents, string website = "")
    {
        using var anybody = contacts.Rest((string?)null);
        using var answer = await anybody.PostAsJsonAsync(new Uri("/api/v1/contacts:submitForm", UriKind.Relative), new { site = Site, form = "contact", values, consents, stamp, website }, Token);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return (answer.StatusCode, body.RootElement.Clone());
    }

    private async Task<List<string?>> FaultsAsync(string stamp, Dictionary<string, string> values, string[] consents)
    {
        var (status, answer) = await SendAsync(stamp, values, consents);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        return [.. answer.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()).Order(StringComparer.Ordinal)];
    }
}
