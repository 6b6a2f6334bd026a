using System.Collections;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Isolation.Tests.Contracts;

namespace Isolation.Tests.Seeding;

/// <summary>
/// Fills every field of a request with a value of the company. What a field must look like is guessed from its name; where the
/// service refuses a guess by the field's path, the next one is taken, and a field without another guess is left out.
/// </summary>
internal sealed partial class Filler(Company company, Rpc? rpc)
{
    private const int MaxDepth = 6;

    // A PNG of one pixel.
    private const string Image = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPgjlkLAAGKARUB8qvYAAAAAElFTkSuQmCC";

    // How often a path was refused.
    private readonly Dictionary<string, int> _refusals = [];
    private readonly HashSet<string> _filled = [];

    /// <summary>Another one that begins with the guesses that this one has come to, perhaps for another company.</summary>
    public Filler For(Company other)
    {
        lock (_filled)
        {
            var next = new Filler(other, rpc) { TakesKey = TakesKey };
            foreach (var (path, times) in _refusals)
                next._refusals[path] = times;
            return next;
        }
    }

    /// <summary>Whether the call takes a key of idempotency; until it is refused it is believed to.</summary>
    public bool TakesKey { get; set; } = true;

    /// <summary>A request with new texts, at the last id of each resource.</summary>
    public IMessage Fill(MessageDescriptor descriptor)
    {
        lock (_filled)
        {
            _filled.Clear();
            return Fill(descriptor, "", 0);
        }
    }

    /// <summary>Takes the next guess for the field, or for the last that ends like it; false where there is no such field.</summary>
    public bool Refuse(string path)
    {
        var known = _filled.Concat(_refusals.Keys).FirstOrDefault(filled => filled == path)
            // Within custom fields, and within what is only known as a whole.
            ?? _filled.FirstOrDefault(filled => path.StartsWith($"{filled}.", StringComparison.Ordinal) && (filled == "document" || filled.EndsWith("customFields", StringComparison.Ordinal)))
            ?? _filled.FirstOrDefault(filled => filled.EndsWith($".{path}", StringComparison.Ordinal) || Plain(filled) == Plain(path) || Plain(filled).EndsWith($".{Plain(path)}", StringComparison.Ordinal));
        if (known is null)
            return false;
        _refusals[known] = _refusals.GetValueOrDefault(known) + 1;
        return true;
    }

    private static string Plain(string path) => Index().Replace(path, "");

    private IMessage Fill(MessageDescriptor descriptor, string prefix, int depth)
    {
        var message = descriptor.Parser.ParseFrom([]);
        var chosen = new HashSet<OneofDescriptor>();
        foreach (var field in descriptor.Fields.InDeclarationOrder())
        {
            if (field.RealContainingOneof is { } oneof && !chosen.Add(oneof))
                continue;
            var path = prefix.Length == 0 ? field.JsonName : $"{prefix}.{field.JsonName}";
            if (field.IsMap)
                continue;
            var value = field.IsRepeated ? ValueOf(field, $"{path}[0]", depth) : ValueOf(field, path, depth);
            if (value is null)
                continue;
            if (field.IsRepeated)
                ((IList)field.Accessor.GetValue(message)).Add(value);
            else
                field.Accessor.SetValue(message, value);
        }

        return message;
    }

    // Which records are meant, and what is done with them, is said in one way each. What is given to somebody can be taken back, and what is
    // written into a file fetched: two of each in turn, since every second one is stopped.
    private bool IsLeftOut(FieldDescriptor field) => field.ContainingType.Name switch
    {
        "BulkPeopleRequest" or "BulkQuotesRequest" or "BulkActivitiesRequest" => field.Name is not ("ids" or "time_zone" or "export"),
        "BulkDealsRequest" or "BulkProductsRequest" or "BulkRecordsRequest" when company.IdsOf(Rpc.KindIn(rpc!.Domain, "BulkJob")).Count / 2 % 2 == 1 => field.Name is not ("ids" or "time_zone" or "export" or "object"),
        "BulkCompaniesRequest" or "BulkLeadsRequest" or "BulkDealsRequest" or "BulkProductsRequest" or "BulkRecordsRequest" => field.Name is not ("ids" or "time_zone" or "assign" or "object"),
        "BulkExport" => true,
        _ => false,
    };

    private object? ValueOf(FieldDescriptor field, string path, int depth)
    {
        if (IsLeftOut(field))
            return null;
        var guesses = Guesses(field, path, depth);
        var value = guesses.ElementAtOrDefault(_refusals.GetValueOrDefault(path));
        if (value is not null)
            _filled.Add(path);
        return value?.Invoke();
    }

    private List<Func<object?>> Guesses(FieldDescriptor field, string path, int depth) => field.FieldType switch
    {
        FieldType.String => [.. Texts(field).Select(text => (Func<object?>)(() => text))],
        FieldType.Bytes => [() => ByteString.CopyFromUtf8($"first_name,last_name,email,company_name,name\n{company.Text()},{company.Text()},{company.Text()}@mail.example,{company.Text()},{company.Text()}\n"), () => ByteString.FromBase64(Image)],
        // A meeting has everything that an activity may have.
        FieldType.Enum when field.EnumType.Name == "ActivityKind" => [() => System.Enum.ToObject(field.EnumType.ClrType, 3)],
        FieldType.Enum => [.. field.EnumType.Values.Select(value => (Func<object?>)(() => System.Enum.ToObject(field.EnumType.ClrType, value.Number)))],
        FieldType.Int32 when field.Name == "page_size" => [],
        FieldType.Int32 => [() => 30, () => 1],
        FieldType.Int64 => [() => 30L],
        FieldType.Message when depth < MaxDepth => Messages(field, path, depth),
        _ => [],
    };

    private List<Func<object?>> Messages(FieldDescriptor field, string path, int depth) => field.MessageType.FullName switch
    {
        "google.protobuf.FieldMask" => [],
        // An object is made public when its fields are there.
        "platform.metadata.v1.Publication" => [],
        // A deal that is made has had no meeting yet.
        "platform.pipelines.v1.ActivityRequirement" => [],
        "google.protobuf.Struct" => [() => new Struct { Fields = { [company.CustomField] = Value.ForString(company.Text()) } }],
        "google.protobuf.Timestamp" when rpc is { Filters: true } => [],
        "google.protobuf.Timestamp" => [() => TimeProvider.System.GetUtcNow().AddDays(-1).ToTimestamp(), () => TimeProvider.System.GetUtcNow().AddDays(30).ToTimestamp()],
        _ => [() => Fill(field.MessageType, path, depth + 1)],
    };

    // Filters of a list stay empty unless the list insists: most name what is not there.
    private IEnumerable<string> Texts(FieldDescriptor field) => rpc is { Filters: true } ? ["", .. TextsOf(field)] : TextsOf(field);

    private IEnumerable<string> TextsOf(FieldDescriptor field)
    {
        if (field.Name == "id" || field.Name.EndsWith("_id", StringComparison.Ordinal))
            return Ids(field);
        // The name of a role is what it is known by.
        if (field.Name == "name" && rpc?.Resource == "Role")
            return [rpc.Creates || company.LastId("Role") is not { } role ? company.Text().ToLowerInvariant() : role];
        return field.Name switch
        {
            // A form asks for what leads have.
            "path" when field.ContainingType.Name == "LeadFormField" => ["last_name"],
            "slug" when field.ContainingType.Name == "LeadForm" => [company.Text().ToLowerInvariant()],
            "key" or "plural_key" => [company.Text().ToLowerInvariant()],
            "object" => [$"{company.ObjectKey}s"],
            "icon" => ["truck"],
            "number_pattern" => [$"{company.Text()}-{{0}}"],
            "page_token" or "query" or "filter" or "order_by" or "etag" or "template" or "format" or "sheet" => [],
            // Days of a report: the usual ones have what there is.
            "from" or "to" when field.ContainingType.Name is "GetFunnelRequest" or "GetForecastRequest" => [],
            // Colours have to go together: the platform's own do.
            _ when field.ContainingType.Name == "ThemeColors" => [],
            "email" or "to" => [$"{company.Text()}@mail.example"],
            "address" when field.ContainingType.Name == "OtherEmail" => [$"{company.Text()}@mail.example"],
            // The company's own has no rate.
            "currency" when field.ContainingType.Name.EndsWith("ExchangeRate", StringComparison.Ordinal) || field.ContainingType.Name == "DeleteExchangeRateRequest" => ["USD"],
            "currency" => ["EUR"],
            "amount" => [company.Amount],
            "quantity" => ["1"],
            // The prices of a product begin at different quantities.
            "min_quantity" => [$"{company.Turn("min_quantity")}"],
            "unit" => ["C62"],
            "discount_percent" => ["0"],
            // The whole of a deal is one person's.
            "percent" => ["100"],
            "period" => [company.Date[..7]],
            "tax_category" or "category" => ["S"],
            "tax_rate" or "rate" => ["20"],
            "country" => ["DE"],
            "participant_person_ids" => company.LastId("Person") is { } person ? [person] : [],
            "record_ids" or "lead_ids" => company.LastId(KindOf(rpc).Message) is { } record ? [record] : [],
            "user_ids" or "paused_user_ids" => [company.Administrator.ToString()],
            "countries" => ["DE"],
            // The default pipeline is everybody's.
            "team_ids" when field.ContainingType.Name == "Pipeline" => [],
            "content_type" => ["application/pdf"],
            // It goes with a template.
            "link" when field.ContainingType.Name == "SendEmailRequest" => [],
            "participant_user_ids" or "mentioned_user_ids" => [company.Administrator.ToString()],
            "participant_emails" => [$"{company.Text()}@mail.example"],
            "language" => ["en"],
            "time_zone" => ["Europe/Berlin"],
            "redirect_uris" => [$"https://{company.Text()}.example/callback"],
            // Never changed once it is said.
            "issuer" => [$"https://{company.Marker}.example"],
            "authorization_url" or "token_url" or "jwks_url" or "end_session_url" => [$"https://{company.Text()}.example"],
            "newcomer_role" => ["viewer"],
            "website" => [$"https://{company.Text()}.example"],
            "roles" => ["sales"],
            "permissions" => ["contacts.read"],
            "formula" when field.ContainingType.Name == "EvaluateFormulaRequest" => ["amount"],
            // A record says of which object it is, and the platform knows better.
            "resource" when field.ContainingType.Name is "Record" or "ObjectType" => [],
            "resource" when rpc?.AppId == "records" => [$"records.{company.ObjectKey}"],
            "resource" => [KindOf(rpc).Resource],
            "ids" when field.ContainingType.Name.StartsWith("Bulk", StringComparison.Ordinal) => company.LastId(rpc!.Method.Name switch { "BulkPeople" => "Person", "BulkCompanies" => "Company", "BulkQuotes" => "Quote", "BulkActivities" => "Activity", _ => KindOf(rpc).Message }) is { } chosen ? [chosen] : [],
            "ids" when field.ContainingType.Name == "RecordIds" => company.LastId(KindOf(rpc).Message) is { } known ? [known] : [],
            "types" => [KindOf(rpc).Resource],
            "action" or "actions" => ["read"],
            "field" when field.ContainingType.Name == "MatchCondition" => ["email"],
            "path" or "field" => ["owner_id"],
            "user" => [company.Administrator.ToString()],
            "subject_type" or "source_type" => ["test"],
            "valid_from" => [company.Date],
            _ when field.Name.EndsWith("_date", StringComparison.Ordinal) => [company.Date],
            _ => [company.Text(), company.Text().ToUpperInvariant(), company.Marker[..4].ToUpperInvariant()],
        };
    }

    // A kind of record that the service of the call has, and that another call makes.
    private static (string Resource, string Message) KindOf(Rpc? rpc) => rpc?.AppId switch
    {
        "contacts" => ("contacts.lead", "Lead"),
        "finance" => ("finance.invoice", "Invoice"),
        "inventory" => ("inventory.product", "Product"),
        "records" => ("records", "Record"),
        _ => ("deals.deal", "Deal"),
    };

    private IEnumerable<string> Ids(FieldDescriptor field)
    {
        if (field.Name == "id" && field.ContainingType.File.Package == "platform.access.v1")
            return company.LastId(KindOf(rpc).Message) is { } record ? [record] : [];
        // What is followed is a deal: see KindOf.
        if (field.Name == "record_id" && rpc?.AppId == "communications")
            return company.LastId(KindOf(rpc).Message) is { } followed ? [followed] : [];
        if (field.ContainingType.Name == "DismissDuplicateRequest")
            return company.IdsOf(KindOf(rpc).Message) is [.., var one, var two] ? [field.Name == "first_id" ? one : two] : [];
        // What is merged is another one than what it becomes a part of.
        if (field.ContainingType.Name == "MergedRecord")
            return company.IdsOf(rpc!.Resource) is [.., var other, _] ? [other] : [];
        // A relation is between two records.
        if (field is { Name: "to_person_id", ContainingType.Name: "Relation" })
            return company.IdsOf("Person") is [.., var related, _] ? [related] : [];
        // A job that wrote a file, or one that gave records to somebody; the oldest of them is over by now.
        if (field.ContainingType.Name is "UndoBulkJobRequest" or "DownloadBulkFileRequest")
        {
            var jobs = company.IdsOf(Rpc.KindIn(rpc!.Domain, "BulkJob")).Where(job => company.Jobs.TryGetValue(job, out var writes) && writes == (field.ContainingType.Name == "DownloadBulkFileRequest")).ToList();
            return jobs.Count > 0 ? [jobs[company.Turn(rpc.FullName) % jobs.Count]] : [];
        }

        if (field.ContainingType.Name == "BulkAssign")
            return [Guid.CreateVersion7().ToString()];
        var own = rpc is not null && (field.Name == "id" || (field.Name == "user_id" && rpc.Resource == "Member"));
        if (own && rpc!.Creates)
            return ["", Guid.CreateVersion7().ToString()];
        if (own && company.LastId(rpc!.Resource) is { } target && (field.ContainingType.Name == rpc.Resource || field.ContainingType == rpc.Method.InputType))
            return [target];
        if (field.Name == "id")
            return [];
        var words = field.Name[..^"_id".Length].Split('_');
        for (var i = 0; i < words.Length; i++)
        {
            var resource = string.Concat(words[i..].Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
            if (company.LastId(rpc is null ? resource : Rpc.KindIn(rpc.Domain, resource)) is { } id)
                return [id, Guid.CreateVersion7().ToString()];
        }

        return field.Name switch
        {
            "tenant_id" => [company.TenantId.ToString()],
            "owner_id" or "user_id" or "assignee_id" => [company.Administrator.ToString()],
            "source_id" or "subject_id" => [Guid.CreateVersion7().ToString()],
            _ => [Guid.CreateVersion7().ToString(), company.Text()],
        };
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();
}
