using Google.Protobuf.Reflection;
using Platform.Access;
using Platform.CustomFields;
using Platform.Metadata.Fields;
using Platform.Tenancy;
using Platform.Tenants.V1;

namespace Platform.Metadata.Resources;

/// <summary>A resource as one caller may see and use it.</summary>
/// <param name="resource">The resource.</param>
/// <param name="caller">Who asks.</param>
/// <param name="language">Of the labels.</param>
/// <param name="defined">What the company said of it, where it is an object of its own.</param>
internal sealed class Description(ResourceInfo resource, Caller caller, string language, V1.ObjectType? defined = null)
{
    // What the platform writes itself, whatever a request says.
    private static readonly HashSet<string> OutputOnly =
        ["id", "create_time", "update_time", "convert_time", "converted_person_id", "converted_company_id", "converted_deal_id", "expected_revenue", "close_time", "lost_reason", "flag_code", "flag_reason",
         "number", "issue_time", "issue_date", "net_total", "tax_total", "total", "amount_due", "tax_subtotals", "credit_note_id", "resource", "delete_time", "purge_time",
         "reporting_amount", "reporting_total", "reporting_rate", "stage_change_time", "rotting_since", "loss_reason_id", "score", "phone_e164", "consents"];

    private static readonly HashSet<V1.FieldType> Unsortable = [V1.FieldType.Boolean, V1.FieldType.MultipleChoice, V1.FieldType.User, V1.FieldType.Relation, V1.FieldType.Relations];

    public V1.ResourceDescriptor Head() => new()
    {
        Resource = resource.Name,
        Label = defined is null ? ResourceTexts.LabelOf(resource.Name, language) : Language.Pick(defined.LabelTranslations, language, defined.Label),
        PluralLabel = defined is null ? ResourceTexts.PluralOf(resource.Name, language) : Language.Pick(defined.PluralLabelTranslations, language, defined.PluralLabel),
        RestPath = defined is null ? ResourceTexts.PathOf(resource.Name) : $"/api/v1/objects/{defined.PluralKey}",
        Actions = { Enum.GetValues<AccessAction>().Select(Of) },
    };

    public V1.ResourceDescriptor Whole(IEnumerable<V1.Field> fields, long version)
    {
        var descriptor = Head();
        descriptor.SchemaVersion = version;
        descriptor.Fields.AddRange(resource.Message.Fields.InDeclarationOrder().Where(IsShown).Select(Of));
        descriptor.Fields.AddRange(fields.InOrder().Select(Of));
        return descriptor;
    }

    // That a score is pending is said where the score is. Which object it is goes without saying, and so does a number where the object has none.
    private bool IsShown(FieldDescriptor field) => field.Name is not (ResourceInfo.CustomFields or "score_pending") && (defined is null || (field.Name != "resource" && (field.Name != "number" || defined.NumberPattern.Length > 0)));

    private string LabelOf(string field) => field == "name" && defined is { NameLabel.Length: > 0 }
        ? Language.Pick(defined.NameLabelTranslations, language, defined.NameLabel)
        : ResourceTexts.FieldLabel(field, language);

    private V1.ActionDescriptor Of(AccessAction action)
    {
        var allowed = caller.Permissions.Contains(resource.PermissionFor(action)) && IsOffered(action);
        return new V1.ActionDescriptor { Action = action.Name(), Allowed = allowed, Conditional = allowed && caller.Access?.HasPoliciesOn(resource.Name) is true };
    }

    private bool IsOffered(AccessAction action) => action switch
    {
        AccessAction.Update or AccessAction.Delete => !resource.IsFixed,
        AccessAction.Export => resource.IsExported,
        _ => true,
    };

    private V1.FieldDescriptor Of(FieldDescriptor field)
    {
        var descriptor = new V1.FieldDescriptor
        {
            Path = field.Name,
            JsonPath = field.JsonName,
            Label = LabelOf(field.Name),
            Type = FieldKinds.Of(field),
            BuiltIn = true,
            OutputOnly = OutputOnly.Contains(field.Name) || resource.SetByService.Contains(field.Name),
            Filterable = resource.Filterable.Contains(field.Name),
            Sortable = resource.Sortable.Contains(field.Name),
            Access = AccessTo(field.Name),
        };
        if (field.FieldType == FieldType.Enum)
            descriptor.EnumValues.AddRange(field.EnumType.Values.Where(value => value.Number != 0).Select(value => value.Name));
        return descriptor;
    }

    private V1.FieldDescriptor Of(V1.Field field)
    {
        field.Label = Language.Pick(field.LabelTranslations, language, field.Label);
        field.Help = Language.Pick(field.HelpTranslations, language, field.Help);
        foreach (var choice in field.Choices)
            choice.Label = Language.Pick(choice.LabelTranslations, language, choice.Label);
        return new V1.FieldDescriptor
        {
            Path = ResourceInfo.CustomFieldsPrefix + field.Key,
            JsonPath = $"customFields.{field.Key}",
            Label = field.Label,
            Type = FieldKinds.Of(field.Type is V1.FieldType.Formula or V1.FieldType.RollUp ? field.ResultType : field.Type),
            OutputOnly = field.IsComputed(),
            Filterable = true,
            Sortable = !Unsortable.Contains(field.ValueType()),
            Access = AccessTo(ResourceInfo.CustomFieldsPrefix + field.Key),
            Definition = field,
        };
    }

    private string AccessTo(string path) => caller.Access?.FieldsOf(resource.Name).AccessTo(path) switch
    {
        FieldAccess.ReadOnly => "read_only",
        FieldAccess.Masked => "masked",
        FieldAccess.Hidden => "hidden",
        _ => "full",
    };
}
