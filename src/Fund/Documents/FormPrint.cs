using System.Text;

namespace Kepil.Fund.Documents;

/// <summary>A form as a part of a page that prints on A4: letters as they are, nothing inline.</summary>
public static class FormPrint
{
    public static string Html(Form form)
    {
        var html = new StringBuilder();
        html.Append("<article class=\"paper").Append(form.Wide ? " wide" : "").Append("\" lang=\"kk\">\n");
        foreach (var block in form.Blocks)
        {
            switch (block)
            {
                case FormLine line:
                    Write(html, line);
                    break;
                case FormTable table:
                    Write(html, table);
                    break;
            }
        }

        return html.Append("</article>\n").ToString();
    }

    private static void Write(StringBuilder html, FormLine line)
    {
        html.Append("<div class=\"line ").Append(line.Role.ToString().ToLowerInvariant()).Append("\">");
        var tag = line.Role == LineRole.Title ? "h1" : "p";
        if (line.KazakhText.Length > 0 || line.Beside is not null)
        {
            html.Append('<').Append(tag).Append('>');
            Write(html, line.Kazakh);
            if (line.Beside is { } value)
            {
                html.Append(line.KazakhText.Length > 0 ? " " : "").Append("<span class=\"filled\">").Append(Escaped(value)).Append("</span>");
            }

            html.Append("</").Append(tag).Append('>');
        }

        if (line.RussianText.Length > 0)
        {
            html.Append("<p class=\"ru\" lang=\"ru\">");
            Write(html, line.Russian);
            html.Append("</p>");
        }

        foreach (var below in line.Below)
        {
            html.Append("<p class=\"filled\">").Append(Escaped(below)).Append("</p>");
        }

        html.Append("</div>\n");
    }

    private static void Write(StringBuilder html, IReadOnlyList<FormRun> runs)
    {
        foreach (var run in runs)
        {
            html.Append(run.Underlined ? "<u>" : "").Append(Escaped(run.Text)).Append(run.Underlined ? "</u>" : "");
        }
    }

    private static void Write(StringBuilder html, FormTable table)
    {
        html.Append("<table><thead><tr>");
        foreach (var column in table.Columns)
        {
            html.Append("<th scope=\"col\">").Append(Escaped(column.Head.Kazakh)).Append("<span class=\"ru\" lang=\"ru\">").Append(Escaped(column.Head.Russian)).Append("</span></th>");
        }

        html.Append("</tr></thead><tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Count; i++)
            {
                html.Append(table.Columns[i].Number ? "<td class=\"n\">" : "<td>").Append(Escaped(row[i].Printed)).Append("</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>");
        if (table.Total is { } total)
        {
            html.Append("<tfoot><tr><th scope=\"row\" colspan=\"").Append(table.Columns.Count - 1).Append("\">").Append(Escaped(total.Printed))
                .Append("<span class=\"ru\" lang=\"ru\">").Append(Escaped(total.Label.Russian)).Append("</span></th><td class=\"n\">").Append(Escaped(FormValue.Of(total.Sum).Printed)).Append("</td></tr></tfoot>");
        }

        html.Append("</table>\n");
    }

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
