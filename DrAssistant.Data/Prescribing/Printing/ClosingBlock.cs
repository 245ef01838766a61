using QRCoder;
using SkiaSharp;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>How the paper is checked, and who signed it: at the foot of the last page.</summary>
internal sealed class ClosingBlock(TextSetter setter, PaperStyle paper, PrescriptionSheet sheet)
{
    private const int Quiet = 2;

    public PageBlock? Whole()
    {
        if (sheet.Check is null && sheet.Signature is null)
        {
            return null;
        }

        var qr = sheet.Check?.Url is { } url ? Modules(url) : null;
        var (side, gap) = (qr is null ? 0 : paper.Of(64), paper.Of(6));
        var check = Check(paper.Inner * 0.6f - side - gap);
        var width = paper.Inner * 0.4f;
        var signed = Signed(width);
        var pen = sheet.Signature is null ? 0 : paper.Of(26);
        var height = Math.Max(Math.Max(side, HeadBlocks.Sum(check)), HeadBlocks.Sum(signed) + pen) + paper.Of(8);
        return new PageBlock(height, (canvas, x, y) =>
        {
            var bottom = y + height - paper.Of(4);
            if (qr is not null)
            {
                Draw(canvas, qr, x, bottom - side, side);
            }

            HeadBlocks.Draw(canvas, check, x + side + (side > 0 ? gap : 0), bottom - Math.Max(side, HeadBlocks.Sum(check)) + paper.Of(6));
            if (signed.Count > 0)
            {
                var top = bottom - HeadBlocks.Sum(signed);
                var middle = x + paper.Inner - (width / 2);
                PrintRules.Line(canvas, middle - paper.Of(48), top - paper.Of(1), middle + paper.Of(48), top - paper.Of(1), PrintInk.Black);
                HeadBlocks.DrawCentred(canvas, signed, middle, top);
            }
        });
    }

    private List<SetLine> Check(float width)
    {
        if (sheet.Check is not { } check)
        {
            return [];
        }

        List<SetLine> lines = [.. setter.Wrap([new PrintSpan("Check this prescription", paper.SmallBold)], width)];
        lines.AddRange(setter.Wrap([new PrintSpan(check.Url is null ? "Enter the code at" : "Scan, or enter the code at", paper.Small)], width));
        lines.AddRange(setter.Wrap([new PrintSpan(check.Where, paper.Small)], width));
        lines.AddRange(setter.Wrap([new PrintSpan(check.Code, paper.Code)], width));
        return lines;
    }

    private List<SetLine> Signed(float width)
    {
        if (sheet.Signature is not { } signature)
        {
            return [];
        }

        List<SetLine> lines = [.. setter.Wrap([new PrintSpan(signature.Name, paper.ValueBold)], width)];
        lines.AddRange(setter.Wrap([new PrintSpan(signature.Registration ?? "", paper.Small)], width));
        lines.AddRange(setter.Wrap([new PrintSpan(signature.Signed, paper.Small)], width));
        lines.AddRange(setter.Wrap([new PrintSpan(signature.Digest, paper.Label)], width));
        return lines;
    }

    private static List<System.Collections.BitArray> Modules(string url)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(url, QRCodeGenerator.ECCLevel.M);
        return code.ModuleMatrix;
    }

    private static void Draw(SKCanvas canvas, List<System.Collections.BitArray> modules, float x, float y, float side)
    {
        // The matrix comes with a quiet zone of four; the paper around it is white anyway.
        var (from, to) = (4 - Quiet, modules.Count - 4 + Quiet);
        var module = side / (to - from);
        using var dark = new SKPathBuilder();
        for (var row = from; row < to; row++)
        {
            for (var column = from; column < to;)
            {
                var begins = column;
                while (column < to && modules[row][column])
                {
                    column++;
                }

                if (column > begins)
                {
                    dark.AddRect(SKRect.Create(x + ((begins - from) * module), y + ((row - from) * module), (column - begins) * module, module));
                }

                column++;
            }
        }

        using var paint = new SKPaint { Color = SKColors.Black, IsAntialias = false };
        using var path = dark.Detach();
        canvas.DrawPath(path, paint);
    }
}
