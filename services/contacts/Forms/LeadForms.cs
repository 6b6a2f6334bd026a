using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Publishing;

namespace Platform.Contacts.Forms;

/// <summary>What is asked of a form before it is kept, and what follows from it.</summary>
internal static class LeadForms
{
    private const string Unknown = "A form cannot ask for this: name a field of leads that is a text, a number, a date, true or false, or a single choice.";
    private const string Unique = "A form cannot ask for a field whose values are unique: anybody would learn by it which ones there are.";

    /// <summary>The fields that no form can ask for; null where all can be.</summary>
    public static Error? CheckFields(this V1.LeadForm form, TenantFields fields)
    {
        var wrong = form.Fields.Index().Where(field => FormFields.Find(field.Item.Path, fields) is null)
            .Select(field => new FieldViolation($"leadForm.fields[{field.Index}].path", FormFields.IsUnique(field.Item.Path, fields) ? Unique : Unknown)).ToList();
        return wrong.Count > 0 ? Error.Invalid(wrong) : null;
    }

    /// <summary>Writes down under which address an open form is found, or that it no longer is.</summary>
    public static async Task FollowAsync(this ContactsDbContext db, LeadForm form, CancellationToken cancellationToken)
    {
        var written = await db.PublicAddresses.SingleOrDefaultAsync(row => row.TargetId == form.Id, cancellationToken);
        if (form.IsOpen && written is null)
            db.PublicAddresses.Add(new PublicAddress { TargetId = form.Id, AddressHash = PublicAddress.HashOf(form.Address) });
        else if (!form.IsOpen && written is not null)
            db.PublicAddresses.Remove(written);
    }
}
