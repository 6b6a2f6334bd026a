using Platform.Errors;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Shapes;

internal static class ShapeErrors
{
    public static Error Exists(string code, string root, string key)
    {
        var said = Say(
            $"There is one of the key '{key}' already: use another key.",
            $"Den Schlüssel '{key}' gibt es schon: nehmen Sie einen anderen.",
            $"Ключ «{key}» уже занят: выберите другой.");
        return Error.AlreadyExists($"{code}_EXISTS", said) with { Violations = [new FieldViolation($"{root}.key", said)] };
    }

    public static Error TooMany(string codes, int limit) => Error.Precondition($"TOO_MANY_{codes}", Say(
        $"There are {limit} already, which is the most: delete one first.",
        $"Es gibt schon {limit}, mehr geht nicht: löschen Sie zuerst etwas.",
        $"Их уже {limit}, больше нельзя: сначала удалите лишнее."));

    public static Error NeverChanges(string field) => Error.Invalid(field, Say(
        "This never changes: make another one.",
        "Das ändert sich nie: legen Sie etwas Neues an.",
        "Это не меняется: создайте новое."));

    public static Error NeedsWrite => Error.PermissionDenied(Permissions.Write);
}
