using Platform.Access;
using Platform.Common.V1;
using Platform.Contacts.Imports.Columns;

namespace Platform.Contacts.Imports.Rows;

/// <summary>The addresses of a row: the columns whose headers say the same of what they are for are one.</summary>
internal sealed class RowAddresses
{
    private const int PartsBehindLines = 4;

    private static readonly ImportField[] Fields = [ImportField.Street, ImportField.City, ImportField.Region, ImportField.PostalCode, ImportField.Country];

    private readonly PointColumns _columns;
    private readonly string[] _row;
    private readonly List<(PointHeader Header, V1.OtherAddress Address)> _all = [];

    public RowAddresses(PointColumns columns, string[] row)
    {
        (_columns, _row) = (columns, row);
        foreach (var field in Fields)
        {
            foreach (var (header, value) in columns.Named(row, field))
                Put(header ?? new PointHeader(field, "", 0, 0, 0), field, value);
        }
    }

    /// <summary>Those of a company, or of a person without one, the main one first.</summary>
    public IReadOnlyList<V1.OtherAddress> All => InOrder(_ => true);

    /// <summary>Those of a person beside a company.</summary>
    public IReadOnlyList<V1.OtherAddress> OfHome => InOrder(header => header.IsHome);

    /// <summary>Those of the company of a person.</summary>
    public IReadOnlyList<V1.OtherAddress> OfCompany => InOrder(header => !header.IsHome);

    /// <summary>What one column has of others, as exports write it; where the parts are not told apart, they are lines.</summary>
    public IEnumerable<V1.OtherAddress> Others => _columns.GetAll(_row, ImportField.OtherAddresses).SelectMany(FileTexts.Read).Select(told => new V1.OtherAddress { Label = told.Label, Address = Read(told.Parts) });

    private static Address Read(IReadOnlyList<string> parts)
    {
        var lines = parts.Count >= PartsBehindLines ? parts.Count - PartsBehindLines : parts.Count;
        var address = new Address { Lines = { parts.Take(lines).Where(line => line.Length > 0) } };
        if (lines < parts.Count)
            (address.PostalCode, address.City, address.Region, address.Country) = (parts[lines], parts[lines + 1], parts[lines + 2], Countries.ToCode(parts[lines + 3]));
        return address;
    }

    private IReadOnlyList<V1.OtherAddress> InOrder(Func<PointHeader, bool> isMeant) => [.. _all.Where(one => isMeant(one.Header)).OrderBy(one => one.Header.Rank).Select(one => one.Address)];

    private void Put(PointHeader header, ImportField field, string value)
    {
        var found = _all.FirstOrDefault(one => one.Header.Label == header.Label && Math.Max(1, one.Header.Number) == Math.Max(1, header.Number)).Address;
        if (found is null)
            _all.Add((header, found = new V1.OtherAddress { Address = new Address(), Label = _columns.LabelOf(_row, header, ImportField.AddressLabel) }));
        var address = found.Address;
        switch (field)
        {
            // Another column of the same is another line only where it says so.
            case ImportField.Street when address.Lines.Count == 0 || header.Line > 1:
                address.Lines.AddRange(value.Split(["\n", "; "], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
                break;
            case ImportField.City when address.City.Length == 0:
                address.City = value;
                break;
            case ImportField.Region when address.Region.Length == 0:
                address.Region = value;
                break;
            case ImportField.PostalCode when address.PostalCode.Length == 0:
                address.PostalCode = value;
                break;
            case ImportField.Country when address.Country.Length == 0:
                address.Country = Countries.ToCode(value);
                break;
        }
    }
}
